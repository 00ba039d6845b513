import { createRandom } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { groupRows, type RowIdentity } from './group-rows.ts';
import { minHash, similarityOf } from './min-hash.ts';
import { findNearestPairs } from './nearest-pairs.ts';

const random = createRandom(3);
const word = () =>
  Array.from({ length: 5 }, () => String.fromCodePoint(0xac00 + random.integer(2000))).join('');
const textOf = (words: number) => Array.from({ length: words }, word).join(' ');
/** The text with this many of its words exchanged. */
function changed(text: string, words: number): string {
  const parts = text.split(' ');
  for (let index = 0; index < words; index++) parts[Math.floor((index * parts.length) / words)] = word();
  return parts.join(' ');
}
const row = (id: string, text: string, structure = id): RowIdentity => ({
  id,
  structure,
  signature: minHash(text),
});

/** The true share of common pieces of 9 characters. */
function jaccard(a: string, b: string): number {
  const pieces = (text: string) =>
    new Set(Array.from({ length: text.length - 8 }, (_, index) => text.slice(index, index + 9)));
  const [first, second] = [pieces(a), pieces(b)];
  const common = [...first].filter((piece) => second.has(piece)).length;
  return common / (first.size + second.size - common);
}

describe('minHash', () => {
  it.each([0, 5, 20, 60, 150])(
    'estimates what two texts have in common: %i of 300 words exchanged',
    (words) => {
      const text = textOf(300);
      const other = changed(text, words);
      // Three standard deviations of 128 draws.
      expect(Math.abs(similarityOf(minHash(text), minHash(other)) - jaccard(text, other))).toBeLessThan(0.13);
    },
  );

  it('is the same for the same texts, and tells short ones and empty ones apart', () => {
    expect(minHash('가', '나')).toEqual(minHash('가', '나'));
    expect(similarityOf(minHash('침실'), minHash('욕실'))).toBeLessThan(0.1);
    expect(similarityOf(minHash(''), minHash('욕실'))).toBeLessThan(0.1);
    expect(similarityOf(minHash(textOf(30)), minHash(textOf(30)))).toBeLessThan(0.1);
  });
});

describe('groupRows', () => {
  it('puts equal structures, near texts and what they connect together', () => {
    const text = textOf(300);
    const rows = [
      row('a', text),
      row('b', changed(text, 3)),
      row('c', textOf(300), 'same'),
      row('d', textOf(300), 'same'),
      row('e', changed(text, 3), 'same'),
      row('f', textOf(300)),
    ];
    expect(groupRows(rows, 0.85)).toEqual([['a', 'b', 'c', 'd', 'e'], ['f']]);
    expect(groupRows(rows.toReversed(), 0.85)).toEqual(groupRows(rows, 0.85));
    expect(groupRows(rows, 1)).toEqual([['a'], ['b'], ['c', 'd', 'e'], ['f']]);
    expect(groupRows([], 0.85)).toEqual([]);
  });

  it('finds 300 planted near-duplicates (nine pieces of ten in common) among 3,000 rows', () => {
    const texts = Array.from({ length: 3000 }, () => textOf(120));
    const rows = texts.map((text, index) => row(`row ${String(index).padStart(4, '0')}`, text));
    const copies = texts.slice(0, 300).map((text, index) => row(`copy ${index}`, changed(text, 3)));
    const groups = groupRows([...rows, ...copies], 0.8);
    expect(groups.filter((group) => group.length === 2)).toHaveLength(300);
    expect(groups.filter((group) => group.length > 2)).toEqual([]);
  });

  it('puts thousands of copies into one group without comparing all with all', () => {
    const text = textOf(50);
    const rows = Array.from({ length: 5000 }, (_, index) => ({
      ...row(`${index}`, ''),
      signature: minHash(text),
    }));
    expect(groupRows(rows, 0.85)).toHaveLength(1);
  });
});

describe('findNearestPairs', () => {
  it('shows the nearest pairs, equal structures first', () => {
    const text = textOf(300);
    const train = [row('t1', text), row('t2', textOf(300), 'same'), row('t3', textOf(300))];
    const held = [row('v1', textOf(300)), row('v2', changed(text, 30)), row('v3', textOf(300), 'same')];
    const { pairs, compared } = findNearestPairs(train, held, 2);
    expect(compared).toBe(3);
    expect(pairs.map((pair) => [pair.train, pair.held])).toEqual([
      ['t2', 'v3'],
      ['t1', 'v2'],
    ]);
    expect(pairs[0]).toMatchObject({ isSameStructure: true });
    expect(pairs[1]?.similarity).toBeGreaterThan(0.5);
    expect(findNearestPairs([], held, 2).pairs).toEqual([]);
  });
});
