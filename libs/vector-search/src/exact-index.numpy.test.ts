import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExactIndex } from './exact-index.ts';
import { hasNumpy, python } from './testing/numpy.ts';
import { writeNpy } from './write-npy.ts';

const SCRIPT = `
import json, numpy, sys
unit = lambda a: a / numpy.linalg.norm(a, axis=1, keepdims=True)
rows, queries = (unit(numpy.load(f).astype(numpy.float64)) for f in sys.argv[1:3])
# Products of the same numbers in another order differ in the last digits, which must not decide a tie.
similarities = (queries @ rows.T).round(12)
print(json.dumps(numpy.argsort(-similarities, axis=1, kind="stable")[:, :5].tolist()))
`;

/** Random rows, about two thirds of them copies of others: xorshift, the same in every run. */
function rowsWithCopies(count: number, dimensions: number, seed: number): Float32Array[] {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const different = Array.from({ length: Math.ceil(count / 3) }, () =>
    Float32Array.from({ length: dimensions }, () => next() - 0.5),
  );
  return Array.from({ length: count }, () => different[Math.floor(next() * different.length)]!);
}

describe.skipIf(!hasNumpy())('ExactIndex beside NumPy', { timeout: 60_000 }, () => {
  it.each([1, 4, 5, 15, 1000, 100_000])('gives the same five of %i rows, ties included', async (count) => {
    const rows = rowsWithCopies(count, 16, 1);
    const queries = rowsWithCopies(20, 16, 2);
    const folder = mkdtempSync(join(tmpdir(), 'top-'));
    try {
      const files = [join(folder, 'rows.npy'), join(folder, 'queries.npy')];
      writeFileSync(files[0]!, writeNpy(rows, 16));
      writeFileSync(files[1]!, writeNpy(queries, 16));
      const theirs: unknown = JSON.parse(
        execFileSync(python, ['-c', SCRIPT, ...files], { encoding: 'utf8' }),
      );
      const ours = (await new ExactIndex(rows).search(queries, 5)).map((hits) =>
        hits.map(({ index }) => index),
      );
      expect(ours).toEqual(theirs);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
