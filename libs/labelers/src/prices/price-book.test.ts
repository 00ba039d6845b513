import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { costOf, loadPriceBook, PriceBookError } from './price-book.ts';
import type { PriceBook } from './price-book.ts';

const book: PriceBook = {
  date: '2026-11-23',
  batchFactor: 0.5,
  models: {
    'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
    'gemini-3.8-flash': { input: 0.75, output: 3.75 },
  },
};
const usage = { inputTokens: 3000, cachedInputTokens: 1000, outputTokens: 2000, thinkingTokens: 500 };

describe('costOf', () => {
  it('counts the cached part at its own price and thinking only once', () => {
    expect(costOf(usage, 'gpt-4o', book)).toBeCloseTo((2000 * 2.5 + 1000 * 1.25 + 2000 * 10) / 1e6, 12);
  });

  it('takes a part of it for an answer from a batch', () => {
    expect(costOf(usage, 'gpt-4o', book, 'batch')).toBeCloseTo((costOf(usage, 'gpt-4o', book) as number) / 2);
  });

  it('counts the cached part in full where it has no price of its own', () => {
    expect(costOf(usage, 'gemini-3.8-flash', book)).toBeCloseTo((3000 * 0.75 + 2000 * 3.75) / 1e6, 12);
  });

  it('takes a dated snapshot for its model, unless it has a price of its own', () => {
    expect(costOf(usage, 'gpt-4o-2024-08-06', book)).toBe(costOf(usage, 'gpt-4o', book));
    const own = { ...book, models: { ...book.models, 'gpt-4o-2024-05-13': { input: 5, output: 15 } } };
    expect(costOf(usage, 'gpt-4o-2024-05-13', own)).toBeCloseTo((3000 * 5 + 2000 * 15) / 1e6, 12);
  });

  it.each(['gpt-9', 'gpt-4o-mini', 'gpt-4o-latest', '', 'constructor'])('knows no price of %s', (model) => {
    expect(costOf(usage, model, book)).toBeNull();
  });

  it('is nothing for no tokens', () => {
    const none = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, thinkingTokens: 0 };
    expect(costOf(none, 'gpt-4o', book)).toBe(0);
  });
});

describe('loadPriceBook', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prices-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function load(text: string): Promise<PriceBook> {
    const path = join(folder, 'prices.json');
    await writeFile(path, text);
    return loadPriceBook(path);
  }

  it('brings a book with both default teachers', async () => {
    const { models, date } = await loadPriceBook();
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(models).toHaveProperty(['gpt-4o']);
    expect(models).toHaveProperty(['gemini-3.1-pro-preview']);
  });

  it('takes prices that are fractions', async () => {
    expect(await load(JSON.stringify(book))).toEqual(book);
  });

  it.each([
    ['is not there', null, 'no readable price book'],
    ['is no JSON', '{', 'no readable price book'],
    ['has no date', '{"models": {}}', 'date'],
    [
      'has a negative price',
      '{"date": "2026-11-23", "models": {"m": {"input": -1, "output": 1}}}',
      'models.m.input',
    ],
    [
      'misspells a field',
      '{"date": "2026-11-23", "models": {"m": {"input": 1, "output": 1, "cached": 1}}}',
      'cached',
    ],
  ])('names the fault of a file that %s', async (_name, text, fault) => {
    const error: unknown = await (
      text === null ? loadPriceBook(join(folder, 'none.json')) : load(text)
    ).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PriceBookError);
    expect((error as Error).message).toContain(fault);
    expect((error as Error).message).toContain(folder);
  });
});
