import { createHash } from 'node:crypto';
import { characterNgrams } from './character-ngrams.ts';
import type { Embedder, EmbedderIdentity } from './embedder.ts';
import { EmbeddingError } from './embedding-error.ts';

export interface BuiltinEmbedderOptions {
  /** The texts that are searched: how rare a run of characters is among them decides its weight. */
  readonly documents: readonly string[];
  /** Length of the vectors, a whole number from 1. Default 768. With few of them unrelated runs fall together. */
  readonly dimensions?: number;
}

/**
 * An embedder without a model: runs of 2 to 4 characters, weighted by TF-IDF, hashed into a vector. It finds texts that share
 * wording and knows nothing of meaning. For trying things out and for tests; nothing is downloaded. Queries and documents
 * are treated alike. The same documents (in any order) and text give the same vector on every machine.
 * @throws EmbeddingError `bad-option`
 */
export function createBuiltinEmbedder(options: BuiltinEmbedderOptions): Embedder {
  const { documents, dimensions = 768 } = options;
  if (!Number.isInteger(dimensions) || dimensions < 1) {
    throw new EmbeddingError(`dimensions is ${dimensions}: use a whole number from 1, for instance 768`, {
      code: 'bad-option',
    });
  }
  const weightOf = inverseDocumentFrequency(documents);
  const identity: EmbedderIdentity = {
    engine: 'builtin',
    model: 'hashed-character-ngrams-2-4-tf-idf',
    label: 'builtin (hashed n-grams with TF-IDF, not a neural model)',
    dimensions,
    revision: '1',
    sha256: createHash('sha256').update(JSON.stringify(documents.toSorted())).digest('hex'),
  };
  return {
    identity,
    dimensions,
    // eslint-disable-next-line @typescript-eslint/require-await -- async so that an abort rejects rather than throws
    async embed(texts, { signal }) {
      return texts.map((text) => {
        signal?.throwIfAborted();
        return hashedVector(characterNgrams(text), weightOf, dimensions);
      });
    },
  };
}

/** Smoothed as if one more document held every run: no run weighs nothing, an unknown one weighs most. */
function inverseDocumentFrequency(documents: readonly string[]): (ngram: string) => number {
  const documentsWith = new Map<string, number>();
  for (const document of documents) {
    for (const ngram of characterNgrams(document).keys()) {
      documentsWith.set(ngram, (documentsWith.get(ngram) ?? 0) + 1);
    }
  }
  return (ngram) => Math.log((1 + documents.length) / (1 + (documentsWith.get(ngram) ?? 0))) + 1;
}

function hashedVector(
  counts: ReadonlyMap<string, number>,
  weightOf: (ngram: string) => number,
  dimensions: number,
): Float32Array {
  const sums = new Float64Array(dimensions);
  for (const [ngram, count] of counts) {
    const hash = hashOf(ngram);
    const place = (hash >>> 1) % dimensions;
    const weight = (1 + Math.log(count)) * weightOf(ngram);
    // A hashed sign lets runs that fall on the same place cancel out instead of making all texts alike.
    sums[place] = (sums[place] ?? 0) + ((hash & 1) === 0 ? weight : -weight);
  }
  const norm = Math.sqrt(sums.reduce((squares, sum) => squares + sum * sum, 0));
  return Float32Array.from(sums, (sum) => (norm === 0 ? 0 : sum / norm));
}

/** FNV-1a over the UTF-16 units, its bits mixed once more (Murmur3's last step) since single bits of it are used. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
