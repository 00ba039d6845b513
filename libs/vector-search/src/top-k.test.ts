import { describe, expect, it } from 'vitest';
import { topK } from './top-k.ts';

describe('topK', () => {
  it('equals a full sort, with many ties', () => {
    let state = 7;
    for (let round = 0; round < 300; round++) {
      const scores = Array.from({ length: round % 60 }, () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state % 6;
      });
      const k = 1 + (round % 45);
      const right = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, k);
      expect(topK(Float64Array.from(scores), k)).toEqual(right);
    }
  });
});
