import { describe, expect, it } from 'vitest';
import { decodeCrnn } from './decode-crnn.ts';
import { TextDecodingError } from './text-decoding-error.ts';

/** Scores of the shape [steps, batch, symbols] that spell the raw readings, one for each text of the batch. */
function scoresOf(readings: readonly string[], alphabet: string): Float32Array {
  const symbols = [...alphabet];
  const steps = [...(readings[0] ?? '')].length;
  const scores = new Float32Array(steps * readings.length * symbols.length).fill(-1);
  readings.forEach((reading, text) => {
    [...reading].forEach((symbol, step) => {
      scores[(step * readings.length + text) * symbols.length + symbols.indexOf(symbol)] = 2;
    });
  });
  return scores;
}

const ALPHABET = '-침실방😀@';
const shape = { steps: 5, batch: 2, symbols: 6, filler: '' };

describe('decodeCrnn', () => {
  it('reads each text of a batch, repeats once and blanks as nothing', () => {
    const output = scoresOf(['침침-실실', '😀방-방방'], ALPHABET);
    expect(decodeCrnn(output, { ...shape, vocabulary: ALPHABET })).toEqual(['침실', '😀방방']);
    expect(decodeCrnn(output, { ...shape, vocabulary: [...ALPHABET] })).toEqual(['침실', '😀방방']);
  });

  it('knows the extra symbol that the vocabulary leaves out, and drops the filler', () => {
    const output = scoresOf(['침@-@실', '@----'], ALPHABET);
    const vocabulary = ALPHABET.slice(0, -1);
    expect(decodeCrnn(output, { ...shape, vocabulary })).toEqual(['침@@실', '@']);
    expect(decodeCrnn(output, { ...shape, vocabulary, filler: '@' })).toEqual(['침실', '']);
  });

  it('takes the first of equal scores', () => {
    const output = new Float32Array([0, 1, 1, 0]);
    expect(decodeCrnn(output, { steps: 1, batch: 1, symbols: 4, vocabulary: '-ab', filler: '' })).toEqual([
      'a',
    ]);
  });

  it('has no texts for an empty batch', () => {
    expect(decodeCrnn(new Float32Array(), { ...shape, batch: 0, vocabulary: ALPHABET })).toEqual([]);
  });

  it.each([
    ['values', new Float32Array(59), ALPHABET, /59 values are not 5 steps × 2 texts × 6 symbols/],
    ['vocabulary', new Float32Array(60), '-침실', /a vocabulary of 3 does not fit 6 symbols/],
  ])('refuses %s that do not fit', (_case, output, vocabulary, message) => {
    const decode = () => decodeCrnn(output, { ...shape, vocabulary });
    expect(decode).toThrow(TextDecodingError);
    expect(decode).toThrow(message);
  });
});
