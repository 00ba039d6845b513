import { describe, expect, it } from 'vitest';
import { characterNgrams } from './character-ngrams.ts';

describe('characterNgrams', () => {
  it('counts runs of 2 to 4 characters, spaces at the ends included', () => {
    expect([...characterNgrams('Abab')].map(([ngram, count]) => `${ngram}:${count}`).sort()).toEqual(
      [
        ' a:1',
        ' ab:1',
        ' aba:1',
        'ab:2',
        'aba:1',
        'abab:1',
        'ba:1',
        'bab:1',
        'bab :1',
        'ab :1',
        'b :1',
      ].sort(),
    );
  });

  it('does not cut a character outside the basic plane', () => {
    expect([...characterNgrams('🏠').keys()]).toEqual([' 🏠', ' 🏠 ', '🏠 ']);
  });
});
