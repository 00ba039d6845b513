import { fileURLToPath } from 'node:url';
import { jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';
import { z } from 'zod';
import type { TokenUsage } from '../teachers/teacher.ts';

const usdPerMillion = z.number().nonnegative();

const priceBookSchema = z.strictObject({
  /** ISO date on which the prices were read. */
  date: z.iso.date(),
  /** What a request in a batch costs, as a share of a live one. */
  batchFactor: z.number().positive().max(1).default(0.5),
  /** A rented GPU, for what it costs while it waits. */
  gpu: z.strictObject({ name: z.string().min(1), usdPerHour: z.number().positive() }).optional(),
  /** USD per million tokens. */
  models: z.record(
    z.string(),
    z.strictObject({ input: usdPerMillion, cachedInput: usdPerMillion.optional(), output: usdPerMillion }),
  ),
});

/** What tokens cost, in USD per million, and on which day that was true. */
export type PriceBook = z.infer<typeof priceBookSchema>;

/** The price book is not usable. */
export class PriceBookError extends Error {
  override readonly name = 'PriceBookError';
}

const BUNDLED = fileURLToPath(new URL('../../price-book.json', import.meta.url));

/**
 * Reads a price book; without a path the bundled one.
 *
 * @throws PriceBookError when it cannot be read or holds something else.
 */
export async function loadPriceBook(path: string = BUNDLED): Promise<PriceBook> {
  let value: unknown;
  try {
    value = JSON.parse(await readTextFile(path));
  } catch (error) {
    throw new PriceBookError(`${path} is no readable price book: ${jsonFaultOf(error)}`);
  }
  const parsed = priceBookSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PriceBookError(`${path}: ${zodFaultOf(parsed.error)}`);
}

/** How a request is made, which decides its price. */
export type PriceTier = 'live' | 'batch';

/**
 * The cost of one answer in USD; null when the book has no price for the model. A dated snapshot (`gpt-4o-2024-08-06`) costs
 * what its model costs.
 */
export function costOf(
  usage: Omit<TokenUsage, 'thinkingTokens'>,
  model: string,
  book: PriceBook,
  tier: PriceTier = 'live',
): number | null {
  const price = priceOf(model, book) ?? priceOf(model.replace(/-\d{4}-\d{2}-\d{2}$/, ''), book);
  if (price === undefined) return null;
  const { inputTokens, cachedInputTokens, outputTokens } = usage;
  const micros =
    (inputTokens - cachedInputTokens) * price.input +
    cachedInputTokens * (price.cachedInput ?? price.input) +
    outputTokens * price.output;
  return (micros / 1_000_000) * (tier === 'batch' ? book.batchFactor : 1);
}

function priceOf(model: string, { models }: PriceBook): PriceBook['models'][string] | undefined {
  return Object.hasOwn(models, model) ? models[model] : undefined;
}
