import type { Teacher, TeacherAnswer } from '../teachers/teacher.ts';
import { costOf } from './price-book.ts';
import type { PriceBook, PriceTier } from './price-book.ts';

/** What an answer has cost, in USD; null without prices. */
export function paidFor(
  { usage, model }: Pick<TeacherAnswer, 'usage' | 'model'>,
  { teacher, prices }: { teacher: Pick<Teacher, 'isPaid' | 'model'>; prices: PriceBook | null },
  tier: PriceTier = 'live',
): number | null {
  if (!teacher.isPaid) return 0;
  if (prices === null) return null;
  return costOf(usage, model, prices, tier) ?? costOf(usage, teacher.model, prices, tier);
}
