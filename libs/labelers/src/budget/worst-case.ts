import { costOf } from '../prices/price-book.ts';
import type { PriceBook, PriceTier } from '../prices/price-book.ts';
import type { FollowUp, LabelItem, Teacher } from '../teachers/teacher.ts';

/** What a provider adds around texts and schema: roles, separators, its own wrapping of the schema. Tokens, generously. */
const OVERHEAD_TOKENS = 1000;

/**
 * What a request may cost at most, in USD: as many input tokens as its text has bytes (no tokenizer that works on bytes makes
 * more of them, so this holds for vendors whose tokenizer is not public), and the whole output limit, thinking included.
 * Null when nothing bounds it: the model has no price, or the teacher no output limit.
 */
export function worstCaseOf(
  teacher: Pick<Teacher, 'model' | 'isPaid' | 'maxOutputTokens' | 'schemaBytes'>,
  { prompt }: Pick<LabelItem, 'prompt'>,
  { turns, outputFactor }: FollowUp,
  book: PriceBook,
  tier: PriceTier,
): number | null {
  if (!teacher.isPaid) return 0;
  if (teacher.maxOutputTokens === null) return null;
  const texts = [prompt.system, prompt.user, ...turns.map(({ text }) => text)];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const inputTokens = bytes + teacher.schemaBytes + OVERHEAD_TOKENS;
  return costOf(
    { inputTokens, cachedInputTokens: 0, outputTokens: teacher.maxOutputTokens * outputFactor },
    teacher.model,
    book,
    tier,
  );
}
