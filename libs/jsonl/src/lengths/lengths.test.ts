import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ChatRow } from '../chat-row.ts';
import { MAX_LENGTHS, chooseMaxLength, countOver } from './choose-max-length.ts';
import { inBatches } from './batch-counter.ts';
import { createTokenCounter } from './create-token-counter.ts';
import { estimateRowLengths } from './estimate-row-lengths.ts';
import { startTokenCounters } from './start-token-counters.ts';

const fixtures = fileURLToPath(new URL('../../../../test-fixtures/chat-template/', import.meta.url));
const tokenizer = join(fixtures, 'tokenizer');
let rows: ChatRow['messages'][];
let golden: { tokens: number; answer_tokens: number }[];

beforeAll(async () => {
  const text = await readFile(join(fixtures, 'rows.jsonl'), 'utf8');
  rows = text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as ChatRow).messages);
  // By transformers, with the same tokenizer and Qwen3's own template.
  golden = JSON.parse(await readFile(join(fixtures, 'rows.counts.json'), 'utf8')) as typeof golden;
});

describe('createTokenCounter', () => {
  it('counts 200 rows as Hugging Face does, in any order', async () => {
    const counter = await createTokenCounter(tokenizer);
    expect(rows).toHaveLength(200);
    const countOf = ([system, user, answer]: ChatRow['messages']) => {
      const { tokens, answerTokens } = counter.count(
        { system: system.content, user: user.content },
        answer.content,
      );
      return { tokens, answer_tokens: answerTokens };
    };
    expect(rows.map(countOf)).toEqual(golden);
    expect(rows.toReversed().map(countOf)).toEqual(golden.toReversed());
    expect(counter).toMatchObject({
      by: 'tokenizer',
      tokenizerSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('counts empty texts and line breaks at the ends', async () => {
    const counter = await createTokenCounter(tokenizer);
    const empty = counter.count({ system: '', user: '' }, '{}').tokens;
    expect(counter.count({ system: '\n', user: '\n\n' }, '{}').tokens).toBeGreaterThanOrEqual(empty);
  });

  it('refuses a folder without the tokenizer of a Qwen3, with the mend', async () => {
    await expect(createTokenCounter('/no/such')).rejects.toThrow(
      /tokenizer \/no\/such has no tokenizer\.json that can be read \(ENOENT\): name the folder/,
    );
    const folder = await mkdtemp(join(tmpdir(), 'tokenizer-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'tokenizer.json'), '{"model": 5');
    await writeFile(join(folder, 'tokenizer_config.json'), '{}');
    await expect(createTokenCounter(folder)).rejects.toMatchObject({ code: 'bad-tokenizer' });
    const foreign = JSON.parse(await readFile(join(tokenizer, 'tokenizer.json'), 'utf8')) as {
      added_tokens: { content: string }[];
    };
    foreign.added_tokens = foreign.added_tokens.filter(({ content }) => content !== '<|im_end|>');
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(foreign));
    await expect(createTokenCounter(folder)).rejects.toThrow(/does not know <\|im_end\|> as one token/);
  });
});

describe('startTokenCounters', () => {
  it('counts the same in threads, whatever batch is done first', { timeout: 60_000 }, async () => {
    const counters = await startTokenCounters(tokenizer, 2);
    onTestFinished(() => counters.close());
    const texts = rows.map(([system, user, answer]) => ({
      system: system.content,
      user: user.content,
      answer: answer.content,
    }));
    const batches = [texts.slice(0, 150), texts.slice(150, 151), texts.slice(151)];
    const lengths = (await Promise.all(batches.map((batch) => counters.count(batch)))).flat();
    expect(lengths.map(({ tokens }) => tokens)).toEqual(golden.map(({ tokens }) => tokens));
    const here = inBatches(await createTokenCounter(tokenizer));
    expect(await here.count(texts)).toEqual(lengths);
    expect(counters.tokenizerSha256).toBe(here.tokenizerSha256);
  });

  it('refuses what is no tokenizer, and ends its threads', { timeout: 60_000 }, async () => {
    await expect(startTokenCounters('/no/such', 2)).rejects.toMatchObject({ code: 'bad-tokenizer' });
  });
});

describe('estimateRowLengths', () => {
  it('grows with the texts and counts the answer within the whole', () => {
    const texts = { system: '너는 건축 평면 전문가다.', user: '{"bay_count":3}' };
    const { tokens, answerTokens } = estimateRowLengths.count(texts, '{"summary":"판상형 3Bay 평면이다."}');
    expect(answerTokens).toBeGreaterThan(10);
    expect(tokens).toBeGreaterThan(answerTokens + 20);
    const longer = estimateRowLengths.count(texts, '{"summary":"판상형 3Bay 평면이며 채광이 좋다."}');
    expect(longer.tokens - tokens).toBe(longer.answerTokens - answerTokens);
    expect(estimateRowLengths.tokenizerSha256).toBeNull();
  });
});

describe('chooseMaxLength', () => {
  const lengths = (over: number) => Array.from({ length: 1000 }, (_, row) => (row < over ? 5000 : 4096));

  it('takes the smallest length that holds the share', () => {
    expect(chooseMaxLength(lengths(0), 0.995)).toBe(4096);
    expect(chooseMaxLength(lengths(5), 0.995)).toBe(4096);
    expect(chooseMaxLength(lengths(6), 0.995)).toBe(6144);
    expect(chooseMaxLength([9000], 0.995)).toBe(12288);
    expect(chooseMaxLength([], 0.995)).toBe(4096);
  });

  it('takes the largest when none holds it', () => {
    expect(chooseMaxLength([20_000], 0.995)).toBe(MAX_LENGTHS.at(-1));
    expect(countOver([20_000, 4096, 4097], 4096)).toBe(2);
  });
});
