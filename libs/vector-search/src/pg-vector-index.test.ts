import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExactIndex } from './exact-index.ts';
import { PgVectorIndex } from './pg-vector-index.ts';
import { VectorError } from './vector-error.ts';

let database: PGlite;
let index: PgVectorIndex;
const rows = [
  Float32Array.of(1, 0, 0),
  Float32Array.of(0, 1, 0),
  Float32Array.of(1, 1, 0),
  Float32Array.of(2, 0, 0),
];
const documents = rows.map((embedding, place) => ({
  id: `c${place}`,
  document: `기준 ${place}, "따옴표" {괄호}`,
  keywords: ['채광', 'a,"b'],
  embedding,
}));

beforeAll(async () => {
  database = await PGlite.create({ extensions: { vector } });
  index = new PgVectorIndex(database, { table: 'criteria', dimensions: 3 });
  await index.create();
  await index.create();
  await index.upsert(documents);
}, 60_000);
afterAll(() => database.close());

describe('PgVectorIndex', () => {
  it('finds what ExactIndex finds, ties by id', async () => {
    const query = Float32Array.of(1, 0.2, 0);
    const hits = await index.query(query, 4);
    const [exact] = await new ExactIndex(rows).search([query], 4);
    expect(hits.map(({ id }) => id)).toEqual(exact!.map(({ index: place }) => `c${place}`));
    hits.forEach(({ similarity }, place) => expect(similarity).toBeCloseTo(exact![place]!.similarity, 5));
    expect(hits[0]).toMatchObject({ document: documents[0]!.document, keywords: documents[0]!.keywords });
  });

  it('writes over a document of the same id', async () => {
    await index.upsert([{ ...documents[1]!, document: 'new', embedding: Float32Array.of(0, 0, 1) }]);
    const [best] = await index.query(Float32Array.of(0, 0, 3), 1);
    expect(best).toMatchObject({ id: 'c1', document: 'new', similarity: 1 });
    await index.upsert([documents[1]!]);
  });

  it('refuses what cannot be compared, and writes nothing of it', async () => {
    const bad = [Float32Array.of(1, 2), Float32Array.of(NaN, 0, 0), Float32Array.of(0, 0, 0)];
    for (const embedding of bad) {
      const both = [
        { ...documents[0]!, id: 'x' },
        { ...documents[0]!, id: 'y', embedding },
      ];
      await expect(index.upsert(both)).rejects.toMatchObject({ code: 'bad-row', index: 1 });
      await expect(index.query(embedding, 1)).rejects.toMatchObject({ code: 'bad-query' });
    }
    expect(await index.query(Float32Array.of(1, 0, 0), 10)).toHaveLength(4);
    await expect(index.query(rows[0]!, 0)).rejects.toBeInstanceOf(VectorError);
    for (const table of ['a; drop', '"x"', ''])
      expect(() => new PgVectorIndex(database, { table, dimensions: 3 })).toThrow(VectorError);
  });
});
