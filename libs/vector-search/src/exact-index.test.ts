import { describe, expect, it } from 'vitest';
import { ExactIndex } from './exact-index.ts';
import { VectorError } from './vector-error.ts';

/** Numbers from −1 to 1 that look random and are the same every time. */
function vectors(count: number, dimensions: number, seed: number): Float32Array[] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return Array.from({ length: count }, () => Float32Array.from({ length: dimensions }, next));
}

/** The definition, computed naively with a full sort. */
function expected(rows: Float32Array[], query: Float32Array, k: number) {
  const norm = (vector: Float32Array) => Math.hypot(...vector);
  return rows
    .map((row, index) => ({
      index,
      similarity:
        row.reduce((sum, value, place) => sum + value * query[place]!, 0) / (norm(row) * norm(query)),
    }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, k);
}

function errorOf(run: () => unknown): VectorError {
  try {
    run();
  } catch (error) {
    if (error instanceof VectorError) return error;
  }
  throw new Error('no VectorError was thrown');
}

describe('ExactIndex', () => {
  it('finds what the definition finds', () => {
    const rows = vectors(120, 24, 1);
    const queries = vectors(150, 24, 2);
    for (const k of [1, 5, 119, 120, 1000]) {
      const found = new ExactIndex(rows).search(queries, k);
      expect(found).toHaveLength(150);
      for (const [query, hits] of found.entries()) {
        const right = expected(rows, queries[query]!, k);
        expect(hits.map(({ index }) => index)).toEqual(right.map(({ index }) => index));
        hits.forEach(({ similarity }, rank) => expect(similarity).toBeCloseTo(right[rank]!.similarity, 12));
      }
    }
  });

  it('finds a row by itself with similarity 1, whatever the lengths', () => {
    const rows = vectors(50, 8, 3);
    const doubled = rows.map((row) => row.map((value) => value * 2));
    new ExactIndex(rows).search(doubled, 1).forEach(([hit], index) => {
      expect(hit?.index).toBe(index);
      expect(hit?.similarity).toBeCloseTo(1, 12);
      expect(hit?.similarity).toBeLessThanOrEqual(1);
    });
  });

  it('puts equally similar rows in the order of their indexes', () => {
    const near = Float32Array.of(1, 0);
    const far = Float32Array.of(0, 1);
    const [hits] = new ExactIndex([far, near, far, near, near, far]).search([near], 5);
    expect(hits?.map(({ index }) => index)).toEqual([1, 3, 4, 0, 2]);
  });

  it('gives the zero vector similarity 0 on either side', () => {
    const index = new ExactIndex([Float32Array.of(0, 0), Float32Array.of(-1, 0), Float32Array.of(1, 1)]);
    const [hits, nothing] = index.search([Float32Array.of(1, 0), Float32Array.of(0, 0)], 3);
    expect(hits?.map((hit) => hit.index)).toEqual([2, 0, 1]);
    expect(hits?.[1]).toEqual({ index: 0, similarity: 0 });
    expect(nothing?.map((hit) => hit.similarity)).toEqual([0, 0, 0]);
  });

  it('gives nothing for no query', () => {
    expect(new ExactIndex(vectors(2, 2, 1)).search([], 3)).toEqual([]);
  });

  it('is not changed when the caller changes a row afterwards', () => {
    const rows = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const index = new ExactIndex(rows);
    rows[0]?.set([0, 1]);
    expect(index.search([Float32Array.of(1, 0)], 1)[0]?.[0]).toEqual({ index: 0, similarity: 1 });
  });

  it('survives numbers whose squares leave single precision', () => {
    const index = new ExactIndex([Float32Array.of(3e38, 3e38), Float32Array.of(1e-30, 0)]);
    expect(index.search([Float32Array.of(1, 0)], 2)[0]?.map((hit) => hit.index)).toEqual([1, 0]);
  });

  it('names the vector that cannot be compared', () => {
    const good = Float32Array.of(1, 2);
    const bad = errorOf(() => new ExactIndex([good, Float32Array.of(1, NaN)]));
    expect(bad).toMatchObject({ code: 'bad-row', index: 1 });
    expect(bad.message).toContain('row 1 holds NaN at place 1');
    expect(errorOf(() => new ExactIndex([good, good, Float32Array.of(1)]))).toMatchObject({
      code: 'bad-row',
      index: 2,
    });
    expect(errorOf(() => new ExactIndex([]))).toMatchObject({ code: 'empty' });
    const index = new ExactIndex([good]);
    expect(errorOf(() => index.search([good, Float32Array.of(1, Infinity)], 1))).toMatchObject({
      code: 'bad-query',
      index: 1,
    });
    expect(errorOf(() => index.search([Float32Array.of(1, 2, 3)], 1)).message).toContain('3 dimensions');
    for (const k of [0, 1.5, NaN]) expect(errorOf(() => index.search([good], k)).code).toBe('bad-option');
  });
});
