import { describe, expect, it } from 'vitest';
import { topK } from './top-k.ts';

describe('topK', () => {
  it('equals a full sort, with many ties', () => {
    let state = 7;
    for (let round = 0; round < 300; round++) {
      const scores = Array.from({ length: round % 40 }, () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state % 6;
      });
      const k = 1 + (round % 12);
      const right = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, k);
      expect(topK(scores.length, k, (place) => scores[place]!)).toEqual(right);
    }
  });

  it('asks for each score once', () => {
    let asked = 0;
    topK(1000, 5, (place) => {
      asked++;
      return Math.sin(place);
    });
    expect(asked).toBe(1000);
  });
});
