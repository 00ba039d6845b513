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

async function errorOf(run: () => unknown): Promise<VectorError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof VectorError) return error;
  }
  throw new Error('no VectorError was thrown');
}

describe('ExactIndex', () => {
  it('finds what the definition finds', async () => {
    const rows = vectors(120, 24, 1);
    const queries = vectors(150, 24, 2);
    for (const k of [1, 5, 119, 120, 1000]) {
      const found = await new ExactIndex(rows).search(queries, k);
      expect(found).toHaveLength(150);
      for (const [query, hits] of found.entries()) {
        const right = expected(rows, queries[query]!, k);
        expect(hits.map(({ index }) => index)).toEqual(right.map(({ index }) => index));
        hits.forEach(({ similarity }, rank) => expect(similarity).toBeCloseTo(right[rank]!.similarity, 12));
      }
    }
  });

  it('finds a row by itself with similarity 1, whatever the lengths', async () => {
    const rows = vectors(50, 8, 3);
    const doubled = rows.map((row) => row.map((value) => value * 2));
    (await new ExactIndex(rows).search(doubled, 1)).forEach(([hit], index) => {
      expect(hit?.index).toBe(index);
      expect(hit?.similarity).toBeCloseTo(1, 12);
      expect(hit?.similarity).toBeLessThanOrEqual(1);
    });
  });

  it('puts equally similar rows in the order of their indexes', async () => {
    const near = Float32Array.of(1, 0);
    const far = Float32Array.of(0, 1);
    const [hits] = await new ExactIndex([far, near, far, near, near, far]).search([near], 5);
    expect(hits?.map(({ index }) => index)).toEqual([1, 3, 4, 0, 2]);
  });

  it('gives the zero vector similarity 0 on either side', async () => {
    const index = new ExactIndex([Float32Array.of(0, 0), Float32Array.of(-1, 0), Float32Array.of(1, 1)]);
    const [hits, nothing] = await index.search([Float32Array.of(1, 0), Float32Array.of(0, 0)], 3);
    expect(hits?.map((hit) => hit.index)).toEqual([2, 0, 1]);
    expect(hits?.[1]).toEqual({ index: 0, similarity: 0 });
    expect(nothing?.map((hit) => hit.similarity)).toEqual([0, 0, 0]);
  });

  it('finds the same in a large index as in small ones, to the last bit', async () => {
    // Near ties too: copies whose last number differs by the smallest step that single precision has.
    const base = vectors(150, 24, 5);
    const nudged = base.map((row) =>
      row.map((value, place) => (place === 23 ? value * (1 + 2 ** -23) : value)),
    );
    const rows = [...base, ...nudged, ...base];
    const queries = [...vectors(30, 24, 6), ...base.slice(0, 10)];
    const parts = await Promise.all(
      Array.from({ length: 25 }, (_, i) => 18 * i).map(async (start) =>
        (await new ExactIndex(rows.slice(start, start + 18)).search(queries, 18)).map((hits) =>
          hits.map(({ index, similarity }) => ({ index: start + index, similarity })),
        ),
      ),
    );
    const found = await new ExactIndex(rows).search(queries, 7);
    for (const [query, hits] of found.entries()) {
      const all = parts.flatMap((part) => part[query]!);
      const right = all.sort((a, b) => b.similarity - a.similarity || a.index - b.index).slice(0, 7);
      expect(hits).toEqual(right);
    }
  });

  it('finds the same whatever is asked beside it', async () => {
    const index = new ExactIndex(vectors(500, 32, 8));
    const queries = vectors(300, 32, 9);
    const together = await index.search(queries, 5);
    for (const place of [0, 7, 255, 256, 299]) {
      expect(await index.search([queries[place]!], 5)).toEqual([together[place]]);
    }
  });

  it('gives nothing for no query', async () => {
    expect(await new ExactIndex(vectors(2, 2, 1)).search([], 3)).toEqual([]);
  });

  it('is not changed when the caller changes a row afterwards', async () => {
    const rows = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const index = new ExactIndex(rows);
    rows[0]?.set([0, 1]);
    expect((await index.search([Float32Array.of(1, 0)], 1))[0]?.[0]).toEqual({ index: 0, similarity: 1 });
  });

  it('survives numbers whose squares leave single precision', async () => {
    const index = new ExactIndex([Float32Array.of(3e38, 3e38), Float32Array.of(1e-30, 0)]);
    expect((await index.search([Float32Array.of(1, 0)], 2))[0]?.map((hit) => hit.index)).toEqual([1, 0]);
  });

  it('names the vector that cannot be compared', async () => {
    const good = Float32Array.of(1, 2);
    const bad = await errorOf(() => new ExactIndex([good, Float32Array.of(1, NaN)]));
    expect(bad).toMatchObject({ code: 'bad-row', index: 1 });
    expect(bad.message).toContain('row 1 holds NaN at place 1');
    expect(await errorOf(() => new ExactIndex([good, good, Float32Array.of(1)]))).toMatchObject({
      code: 'bad-row',
      index: 2,
    });
    expect(await errorOf(() => new ExactIndex([]))).toMatchObject({ code: 'empty' });
    const index = new ExactIndex([good]);
    expect(await errorOf(() => index.search([good, Float32Array.of(1, Infinity)], 1))).toMatchObject({
      code: 'bad-query',
      index: 1,
    });
    expect((await errorOf(() => index.search([Float32Array.of(1, 2, 3)], 1))).message).toContain(
      '3 dimensions',
    );
    for (const k of [0, 1.5, NaN])
      expect((await errorOf(() => index.search([good], k))).code).toBe('bad-option');
  });
});
