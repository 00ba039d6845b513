import { describe, expect, it } from 'vitest';
import { createBuiltinEmbedder } from './create-builtin-embedder.ts';
import { embedderKey } from './embedder-key.ts';
import { EmbeddingError } from './embedding-error.ts';

const documents = [
  '채광: 3Bay 이상이고 창이 없는 공간의 비율이 30 % 이하이면 적합하다.',
  '환기: 판상형이고 모든 주방에 창이 있으면 적합하다.',
  '가족융화: 거실과 주방이 내부 면적의 30–40 %를 차지하면 적합하다.',
  '수납: 수납공간이 내부 면적의 10 % 이상이면 적합하다.',
];
const embedder = createBuiltinEmbedder({ documents });

async function vectorOf(text: string, from = embedder): Promise<Float32Array> {
  const [vector] = await from.embed([text], { kind: 'query' });
  if (vector === undefined) throw new Error('no vector');
  return vector;
}
const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? NaN), 0);

describe('createBuiltinEmbedder', () => {
  it('gives one vector of length 1 per text, in order', async () => {
    const vectors = await embedder.embed(documents, { kind: 'document' });
    expect(vectors).toHaveLength(4);
    for (const [index, vector] of vectors.entries()) {
      expect(vector).toHaveLength(768);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
      expect(vector).toEqual(await vectorOf(documents[index] ?? ''));
    }
  });

  it('finds the text that shares its wording', async () => {
    const vectors = await embedder.embed(documents, { kind: 'document' });
    for (const [text, best] of [
      ['창이 없는 공간의 비율', 0],
      ['판상형 주방 창', 1],
      ['거실과 주방의 면적', 2],
      ['수납공간 10 %', 3],
    ] as const) {
      const query = await vectorOf(text);
      const similarities = vectors.map((vector) => dot(query, vector));
      expect(similarities.indexOf(Math.max(...similarities)), text).toBe(best);
    }
  });

  it('weighs what is rare among the documents more than what all of them say', async () => {
    const [common, rare, both] = await embedder.embed(['적합하다', '팬트리장', '적합하다 팬트리장'], {
      kind: 'query',
    });
    expect(dot(rare!, both!)).toBeGreaterThan(dot(common!, both!));
  });

  it('keeps unrelated texts apart', async () => {
    expect(Math.abs(dot(await vectorOf('abcdefgh'), await vectorOf('수납공간')))).toBeLessThan(0.2);
  });

  it('does not see case, composition or white space', async () => {
    const vector = await vectorOf('3Bay 주방');
    expect(await vectorOf('  3bay\n\t주방 '.normalize('NFD'))).toEqual(vector);
  });

  it('gives zeros for a text without content, and never NaN', async () => {
    expect(await vectorOf('')).toEqual(new Float32Array(768));
    expect(await vectorOf(' \n ')).toEqual(new Float32Array(768));
    const odd = ['가', '\ud800', '🏠', '\u0000', 'a'.repeat(10_000)];
    for (const from of [embedder, createBuiltinEmbedder({ documents: [], dimensions: 1 })]) {
      for (const vector of await from.embed(odd, { kind: 'query' })) {
        expect(vector.every(Number.isFinite)).toBe(true);
      }
    }
    expect(dot(await vectorOf('가'), await vectorOf('가'))).toBeCloseTo(1, 5);
  });

  it('gives the same numbers on every machine', async () => {
    const small = createBuiltinEmbedder({ documents: ['가나', '나다'], dimensions: 8 });
    // Written down so that a change of the algorithm, which must change the revision, is seen.
    expect(
      Array.from(await vectorOf('가나다', small), (value) => value.toFixed(4)).join(' '),
    ).toMatchInlineSnapshot(`"-0.5066 0.0000 0.3393 0.5066 0.0000 0.5066 0.0000 -0.3393"`);
  });

  it('says in its identity what it is and what its vectors follow from', () => {
    expect(embedder.identity.label).toBe('builtin (hashed n-grams with TF-IDF, not a neural model)');
    expect(JSON.parse(JSON.stringify(embedder.identity))).toEqual(embedder.identity);
    const key = (texts: string[], dimensions = 768) =>
      embedderKey(createBuiltinEmbedder({ documents: texts, dimensions }).identity);
    expect(key(documents)).toBe(embedderKey(embedder.identity));
    expect(key(documents.toReversed())).toBe(key(documents));
    expect(key(documents.slice(1))).not.toBe(key(documents));
    expect(key(documents, 1024)).not.toBe(key(documents));
  });

  it('rejects when aborted, and refuses dimensions that are none', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(embedder.embed(['a'], { kind: 'query', signal })).rejects.toThrow('stopped');
    for (const dimensions of [0, 1.5, NaN]) {
      expect(() => createBuiltinEmbedder({ documents, dimensions })).toThrow(EmbeddingError);
    }
  });
});
