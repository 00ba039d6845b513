import { rm } from 'node:fs/promises';
import { EmbeddingError, embedderKey } from '@arae/embeddings';
import type { Embedder } from '@arae/embeddings';
import { stringifyIndented } from '@arae/floorplan';
import { readSmallFile, readTextFile, writeFileAtomic } from '@arae/progress';
import { readNpy, writeNpy } from '@arae/vector-search';
import type { DataFolder } from '../data-folder.ts';
import { sha256Of } from '../sha256-of.ts';
import type { Criteria } from './read-criteria.ts';

/** A quarter of a million chunks of 1024 numbers. */
const MAX_CACHE_BYTES = 1024 ** 3;

/**
 * The embedded criteria: from the cache if it is of this very document and engine, and whole; else made anew.
 * @throws EmbeddingError where the engine fails or a number is none; nothing is written then
 */
export async function criteriaRows(
  embedder: Embedder,
  { chunks, text }: Criteria,
  folder: DataFolder,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const metadata = (npy: Uint8Array) =>
    stringifyIndented({
      engine: embedder.identity,
      engine_key: embedderKey(embedder.identity),
      document_sha256: sha256Of(text),
      embeddings_sha256: sha256Of(npy),
      chunks: chunks.map(({ chunkId, content, keywords, source }) => ({
        chunk_id: chunkId,
        content,
        keywords,
        source,
      })),
    });
  try {
    const npy = await readSmallFile(folder.embeddingCache, { maxBytes: MAX_CACHE_BYTES });
    if ((await readTextFile(folder.docMetadata)) === metadata(npy)) return readNpy(npy).rows;
  } catch {
    // Missing or damaged: embedding again costs little.
  }
  const contents = chunks.map(({ content }) => content);
  const rows = await embedder.embed(contents, { kind: 'document', signal });
  const bad = rows.findIndex((row) => !row.every(Number.isFinite));
  if (bad >= 0) {
    throw new EmbeddingError(
      `${embedder.identity.label} gave a vector with NaN or Infinity for chunk ${chunks[bad]?.chunkId}: try another engine, dtype or device`,
      { code: 'failed', textIndex: bad },
    );
  }
  const npy = writeNpy(rows, embedder.dimensions);
  // The metadata goes first and comes last: a cache that was cut short is never taken for a whole one.
  await rm(folder.docMetadata, { force: true });
  await writeFileAtomic(folder.embeddingCache, npy);
  await writeFileAtomic(folder.docMetadata, metadata(npy));
  return rows;
}
