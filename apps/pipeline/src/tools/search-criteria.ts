import { ExactIndex } from '@arae/vector-search';
import { createEmbedder } from '../phases/create-embedder.ts';
import { readCriteria } from '../phases/read-criteria.ts';
import type { RunContext } from '../run-context.ts';

export interface FoundChunk {
  rank: number;
  similarity: number;
  chunk_id: string;
  source: string;
  content: string;
}

/** What a query finds among the criteria, as phase 2 would; writes nothing. */
export async function searchCriteria(context: RunContext, query: string): Promise<FoundChunk[]> {
  const { chunks } = await readCriteria(context.config.rag.documentPath);
  const contents = chunks.map(({ content }) => content);
  const embedder = await createEmbedder(context, contents);
  const index = new ExactIndex(await embedder.embed(contents, { kind: 'document', signal: context.abort }));
  const queries = await embedder.embed([query], { kind: 'query', signal: context.abort });
  const [hits = []] = await index.search(queries, context.config.rag.topK);
  return hits.map(({ index: place, similarity }, rank) => {
    const { chunkId, source, content } = chunks[place]!;
    return { rank: rank + 1, similarity, chunk_id: chunkId, source, content };
  });
}
