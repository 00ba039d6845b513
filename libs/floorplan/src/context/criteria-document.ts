import { z } from 'zod';
import { jsonFaultOf } from '../json/json-fault-of.ts';
import { zodFaultOf } from '../json/zod-fault-of.ts';

/** One piece of the company's criteria that can be retrieved. */
export interface CriteriaChunk {
  chunkId: string;
  content: string;
  keywords: string[];
  /** Where it stands in the document; `unknown` if it does not say. */
  source: string;
}

/** The criteria document cannot be used as it is. */
export class CriteriaError extends Error {
  override readonly name = 'CriteriaError';
  readonly origin: string;

  constructor(origin: string, detail: string) {
    super(`${origin}: ${detail}`);
    this.origin = origin;
  }
}

const chunkSchema = z.looseObject({
  chunk_id: z.union([z.string(), z.number()]).optional(),
  content: z.string(),
  keywords: z.union([z.array(z.string()), z.string()]).nullish(),
  section_ref: z.string().nullish(),
  source: z.string().nullish(),
});

const documentSchema = z.union([
  z
    .looseObject({ chunks_for_embedding: z.array(z.unknown()) })
    .transform((value) => value.chunks_for_embedding),
  z.looseObject({ chunks: z.array(z.unknown()) }).transform((value) => value.chunks),
  z.array(z.unknown()),
]);

/** The bundled criteria, written for this project. */
export const DEFAULT_CRITERIA_URL = new URL('../../criteria/default-criteria.json', import.meta.url);

/**
 * Reads the chunks of a criteria document: `{"chunks_for_embedding": […]}`, `{"chunks": […]}` or a bare list.
 *
 * @param text the JSON text
 * @param origin how errors call it, for instance its path
 * @throws CriteriaError when it is no such document, has no chunks, or a chunk has no text.
 */
export function parseCriteriaDocument(text: string, origin: string): CriteriaChunk[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CriteriaError(origin, `no JSON (${jsonFaultOf(error)})`);
  }
  const document = documentSchema.safeParse(value);
  if (!document.success) {
    throw new CriteriaError(
      origin,
      'neither {"chunks_for_embedding": […]}, {"chunks": […]} nor a list of chunks',
    );
  }
  if (document.data.length === 0) throw new CriteriaError(origin, 'holds no chunks');
  return document.data.map((item, index) => toChunk(item, index, origin));
}

function toChunk(item: unknown, index: number, origin: string): CriteriaChunk {
  const parsed = chunkSchema.safeParse(item);
  if (!parsed.success) {
    throw new CriteriaError(origin, `chunk ${index}: ${zodFaultOf(parsed.error)}`);
  }
  const { chunk_id, content, keywords, section_ref, source } = parsed.data;
  const chunkId = String(chunk_id ?? index);
  if (content.trim() === '') throw new CriteriaError(origin, `chunk ${index} (${chunkId}) has no text`);
  return {
    chunkId,
    content,
    keywords: typeof keywords === 'string' ? [keywords] : (keywords ?? []),
    source: source ?? section_ref ?? 'unknown',
  };
}
