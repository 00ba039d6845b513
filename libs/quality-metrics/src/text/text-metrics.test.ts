import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bleu, BLEU_SIGNATURE } from './bleu.ts';
import { chrf, CHRF_SIGNATURE } from './chrf.ts';
import { rougeL } from './rouge-l.ts';
import type { TextPair } from './text-pair.ts';

interface Golden {
  signature: string;
  chrf_signature: string;
  chrf: number;
  bleu: number;
  pairs: (TextPair & { chrf: number; bleu: number; rouge_l: number })[];
}

// Made by python/text_metrics/make_golden.py with sacreBLEU and rouge-score.
const golden = JSON.parse(
  readFileSync(new URL('text-metrics.golden.json', import.meta.url), 'utf8'),
) as Golden;

function farthest(differences: number[]): number {
  return Math.max(...differences);
}

test('300 Korean pairs, each by itself, score as sacreBLEU and rouge-score say', () => {
  const { pairs } = golden;
  expect(pairs).toHaveLength(300);
  expect(farthest(pairs.map((pair) => Math.abs(chrf([pair]) - pair.chrf)))).toBeLessThan(1e-6);
  expect(farthest(pairs.map((pair) => Math.abs(bleu([pair]) - pair.bleu)))).toBeLessThan(1e-6);
  expect(farthest(pairs.map((pair) => Math.abs(rougeL(pair) - pair.rouge_l)))).toBeLessThan(1e-6);
});

test('all pairs together score as sacreBLEU says, under its signatures', () => {
  expect(Math.abs(chrf(golden.pairs) - golden.chrf)).toBeLessThan(1e-6);
  expect(Math.abs(bleu(golden.pairs) - golden.bleu)).toBeLessThan(1e-6);
  expect(golden.signature.startsWith(BLEU_SIGNATURE)).toBe(true);
  expect(golden.chrf_signature.startsWith(CHRF_SIGNATURE)).toBe(true);
});

test('no pairs score nothing', () => {
  expect([chrf([]), bleu([])]).toEqual([0, 0]);
});

test('compares a label with a model that answers every character that there is', () => {
  const all = Array.from({ length: 100_000 }, (_, index) => String.fromCodePoint(0x10000 + index)).join('');
  const label = '거실에는 창이 있다. '.repeat(300);
  expect(rougeL({ hypothesis: all, reference: label })).toBe(0);
  expect(rougeL({ hypothesis: all + label, reference: label })).toBeGreaterThan(0);
  expect(process.memoryUsage().rss).toBeLessThan(2 ** 31);
});
