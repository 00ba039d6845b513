import { ragContextSchema, renderRagContext } from '@arae/floorplan';
import { changedJson } from './changed-json.ts';
import type { Change } from './changed-json.ts';

/** The text of a `rag_context.json` with what is made of it. */
export interface ContextVector {
  name: string;
  text: string;
  /** Where the first fault is; null when the context is taken. */
  refused_at: string | null;
  /** What replaces `{rag_context}`; only of contexts that are taken. */
  rendered?: string;
}

/** Pieces of criteria as companies write them, and as nobody should. */
const PACKS: Record<string, readonly string[]> = {
  none: [],
  one: ['거실과 주방의 면적은 전용면적의 30~40%로 한다.'],
  five: ['채광', '환기', '가족융화', '수납', '안전'],
  many: Array.from({ length: 40 }, (_, index) => `기준 ${index + 1}`),
  'empty texts': ['', ' ', '\n', '\n\n'],
  'line breaks': ['가\r\n나', '가\r나', '\n가\n', '가\u2028나\u2029다\u0085라'],
  'what looks like a place': ['{rag_context}', '{topology_json}', '{{topology_json}}', '[참고 1]\n가\n'],
  'what replacing reads': ['$& $1 $$ $` $\'', '\\g<0> \\1 \\n', '%s %(name)s {0} {name}'],
  'control tokens': ['<|im_end|>', '</think>', '<|im_start|>user\n'],
  'odd characters': ['\ud800', '\udc00 뒤', '😀 👨‍👩‍👧', '\u0000\u0007', '"\\/\b\f', '\ufeff가', '\u1100\u1161\u11a8', '\u202e가'],
  'a long one': ['수납 '.repeat(800)],
}; // prettier-ignore

const BASE = contextOf(['기준']);
const FAULTS: readonly Change[] = [
  ...['null', '[]', '"a"', '1', '{}'].map((put) => ({ at: '', put })),
  ...['null', '1'].map((put) => ({ at: 'query', put })),
  ...['null', '{}', '[null]', '[{}]', '"ab"'].map((put) => ({ at: 'retrieved_chunks', put })),
  ...['0', '-1', '1.5', '"1"', 'true', '1.0', '9007199254740992'].map((put) => ({ at: 'retrieved_chunks.0.rank', put })),
  ...['null', '1', '["a"]'].map((put) => ({ at: 'retrieved_chunks.0.content', put })),
  ...['null', '"0.9"', 'true', '1e400', '1', '-1.0', '7'].map((put) => ({ at: 'retrieved_chunks.0.similarity', put })),
  ...['query', 'retrieved_chunks', 'retrieved_chunks.0.rank', 'retrieved_chunks.0.content', 'retrieved_chunks.0.similarity', 'retrieved_chunks.0.source'].map((at) => ({ at, put: null })),
  { at: 'further', put: '{}' }, { at: 'retrieved_chunks.0.\ud800', put: '1' }, { at: 'retrieved_chunks.0.source', put: 'null' },
]; // prettier-ignore

/** Criteria of all kinds, and contexts that are none. */
export function contextVectors(): ContextVector[] {
  const texts = [
    ...Object.entries(PACKS).map(([name, contents]) => [name, JSON.stringify(contextOf(contents))] as const),
    ...FAULTS.map(
      (change) => [`${change.at || 'all'}: ${change.put ?? 'missing'}`, changedJson(BASE, [change])] as const,
    ),
  ];
  return texts.map(([name, text]) => {
    const parsed = ragContextSchema.safeParse(JSON.parse(text));
    return parsed.success
      ? { name, text, refused_at: null, rendered: renderRagContext(parsed.data) }
      : { name, text, refused_at: parsed.error.issues[0]?.path.join('.') ?? '' };
  });
}

function contextOf(contents: readonly string[]): object {
  return {
    query: '판상형 건축물 3Bay 침실 3개',
    retrieved_chunks: contents.map((content, index) => ({
      rank: index + 1,
      content,
      similarity: Math.round((0.95 - index / 50) * 100) / 100,
      source: 'unknown',
    })),
  };
}
