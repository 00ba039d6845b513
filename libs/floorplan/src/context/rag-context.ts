import { z } from 'zod';

/** `rag_context.json`: the criteria that were found for one plan. */
export const ragContextSchema = z.object({
  query: z.string(),
  retrieved_chunks: z.array(
    z.object({
      /** From 1, best first. */
      rank: z.int().positive(),
      content: z.string(),
      /** Cosine, −1 … 1. */
      similarity: z.number(),
      source: z.string(),
    }),
  ),
});

export type RagContext = z.infer<typeof ragContextSchema>;

/** The text that replaces `{rag_context}` in a prompt: `[참고 1]`, the content, and so on, as ARAE's backend writes it. */
export function renderRagContext({ retrieved_chunks }: Pick<RagContext, 'retrieved_chunks'>): string {
  return retrieved_chunks.map(({ content }, index) => `[참고 ${index + 1}]\n${content}\n`).join('\n');
}
