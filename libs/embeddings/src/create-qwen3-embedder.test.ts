import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createQwen3Embedder } from './create-qwen3-embedder.ts';
import { embedderKey } from './embedder-key.ts';
import { EmbeddingError } from './embedding-error.ts';

const modelDir = fileURLToPath(new URL('./testing/tiny-qwen3', import.meta.url));
const golden = JSON.parse(readFileSync(`${modelDir}/golden.json`, 'utf8')) as {
  max_length: number;
  texts: Record<string, Record<string, number[]> & { text: string }>;
};
const names = Object.keys(golden.texts);
const texts = names.map((name) => golden.texts[name]!.text);
const open = (options = {}) =>
  createQwen3Embedder({ modelDir, dimensions: 48, maxLength: golden.max_length, ...options });

function cosineDistance(a: Float32Array, b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return 1 - a.reduce((sum, value, place) => sum + value * b[place]!, 0);
}

describe('createQwen3Embedder', { timeout: 60_000 }, () => {
  for (const pooling of ['last_token', 'mean'] as const) {
    for (const dimensions of [48, 64]) {
      it(`gives what PyTorch gives: ${pooling}, ${dimensions} of 64 dimensions, single and batched`, async () => {
        const single = await open({ pooling, dimensions, batchSize: 1 });
        const batched = await open({ pooling, dimensions, batchSize: 5 });
        for (const embedder of [single, batched]) {
          const rows = await embedder.embed(texts, { kind: 'document' });
          names.forEach((name, place) => {
            const distance = cosineDistance(rows[place]!, golden.texts[name]![`${pooling}_${dimensions}`]!);
            expect(distance, name).toBeLessThan(1e-4);
          });
        }
      });
    }
  }

  it('puts the instruction before queries only', async () => {
    const plain = await open();
    const instructed = await open({ instruction: 'Find' });
    const [query, written] = [
      await instructed.embed(['창'], { kind: 'query' }),
      await plain.embed(['Instruct: Find\nQuery:창'], { kind: 'document' }),
    ];
    expect(query).toEqual(written);
    expect(await instructed.embed(['창'], { kind: 'document' })).toEqual(
      await plain.embed(['창'], { kind: 'query' }),
    );
  });

  it('has an identity that every setting changes', async () => {
    const variants = [{}, { pooling: 'mean' }, { dimensions: 64 }, { maxLength: 16 }, { instruction: 'a' }];
    const keys = await Promise.all(
      variants.map(async (options) => embedderKey((await open(options)).identity)),
    );
    expect(new Set(keys).size).toBe(variants.length);
    expect((await open()).identity.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses what it cannot do, and stops when aborted', async () => {
    await expect(open({ modelDir: '/nowhere' })).rejects.toMatchObject({ code: 'unavailable' });
    await expect(open({ dtype: 'fp16' })).rejects.toBeInstanceOf(EmbeddingError);
    await expect(open({ dimensions: 0 })).rejects.toMatchObject({ code: 'bad-option' });
    const tooLong = await open({ dimensions: 65 });
    await expect(tooLong.embed(['a'], { kind: 'query' })).rejects.toThrow('64 dimensions instead of 65');
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(tooLong.embed(['a'], { kind: 'query', signal })).rejects.toThrow('stopped');
  });
});
