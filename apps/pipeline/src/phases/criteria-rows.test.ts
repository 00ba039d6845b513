import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { Embedder, EmbedderIdentity } from '@arae/embeddings';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../data-folder.ts';
import { temporaryFolder } from '../testing/test-workspace.ts';
import { criteriaRows } from './criteria-rows.ts';
import type { Criteria } from './read-criteria.ts';

const criteria: Criteria = {
  text: '[창, 수납]',
  origin: 'test',
  chunks: ['창', '수납'].map((content) => ({ chunkId: `c-${content}`, content, keywords: [], source: 's' })),
};
const identity = { engine: 'e', model: 'm', label: 'the engine', dimensions: 2, pooling: 'last_token' };
const { signal } = new AbortController();

/** Gives `value` and 1 for every text, and notes how often it was asked. */
function embedderWith(value: number, changed: Partial<EmbedderIdentity> = {}) {
  const asked: (readonly string[])[] = [];
  const embedder: Embedder = {
    identity: { ...identity, ...changed },
    dimensions: 2,
    embed: (texts) => {
      asked.push(texts);
      return Promise.resolve(texts.map(() => Float32Array.of(value, 1)));
    },
  };
  return { asked, embedder };
}

describe('criteriaRows', () => {
  it('embeds once, and then takes the cache', async () => {
    const folder = dataFolder(temporaryFolder());
    const first = embedderWith(0.5);
    const rows = await criteriaRows(first.embedder, criteria, folder, signal);
    const again = embedderWith(0.25);
    expect(await criteriaRows(again.embedder, criteria, folder, signal)).toEqual(rows);
    expect([first.asked, again.asked]).toEqual([[['창', '수납']], []]);
  });

  it.each<[string, Partial<EmbedderIdentity>, Partial<Criteria>]>([
    ['another pooling', { pooling: 'mean' }, {}],
    ['another revision', { revision: '2' }, {}],
    ['other weights', { sha256: 'ff' }, {}],
    ['another instruction', { instruction: 'Find' }, {}],
    ['another text of the document', {}, { text: '[창,수납]' }],
  ])('never takes the cache of %s', async (_, changed, document) => {
    const folder = dataFolder(temporaryFolder());
    await criteriaRows(embedderWith(0.5).embedder, criteria, folder, signal);
    const other = embedderWith(0.25, changed);
    const rows = await criteriaRows(other.embedder, { ...criteria, ...document }, folder, signal);
    expect(rows[0]?.[0]).toBe(0.25);
    expect(other.asked).toHaveLength(1);
  });

  it.each<[string, (file: string, metadata: string) => void]>([
    ['cut short', (file) => truncateSync(file, 100)],
    ['changed in one byte', (file) => writeFileSync(file, readFileSync(file).with(130, 7))],
    ['without its description', (_, metadata) => truncateSync(metadata, 0)],
  ])('makes a cache anew that is %s', async (_, damage) => {
    const folder = dataFolder(temporaryFolder());
    const rows = await criteriaRows(embedderWith(0.5).embedder, criteria, folder, signal);
    const whole = readFileSync(folder.embeddingCache);
    damage(folder.embeddingCache, folder.docMetadata);
    expect(await criteriaRows(embedderWith(0.5).embedder, criteria, folder, signal)).toEqual(rows);
    expect(readFileSync(folder.embeddingCache)).toEqual(whole);
  });

  it('names the chunk whose vector holds no number, and writes nothing', async () => {
    const folder = dataFolder(temporaryFolder());
    await expect(criteriaRows(embedderWith(NaN).embedder, criteria, folder, signal)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('c-창') as string,
    });
    expect(existsSync(folder.embeddingCache)).toBe(false);
    expect(existsSync(folder.docMetadata)).toBe(false);
  });
});
