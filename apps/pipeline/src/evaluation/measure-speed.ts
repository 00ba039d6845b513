import type { AnswerRecord } from '@arae/labelers';
import { quantileOf } from '../quantile-of.ts';
import type { SubjectReport } from './subject-report.ts';

type Timed = Pick<AnswerRecord, 'at' | 'latencyMs' | 'usage'>;

/**
 * How fast answers came. Time in which nothing was asked (between two runs of an evaluation) does not count; null without answers.
 */
export function measureSpeed(answers: readonly Timed[]): SubjectReport['speed'] {
  if (answers.length === 0) return null;
  const latencies = answers.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const input = answers.reduce((sum, { usage }) => sum + usage.inputTokens, 0);
  const output = answers.reduce((sum, { usage }) => sum + usage.outputTokens, 0);
  const rates = answers
    .map(({ usage, latencyMs }) => usage.outputTokens / (Math.max(1, latencyMs) / 1000))
    .sort((a, b) => a - b);
  return {
    latency_ms: {
      p50: quantileOf(latencies, 0.5),
      p90: quantileOf(latencies, 0.9),
      max: latencies.at(-1) as number,
    },
    input_tokens: input === 0 ? null : input,
    output_tokens: output === 0 ? null : output,
    tokens_per_second:
      output === 0
        ? null
        : { per_answer: quantileOf(rates, 0.5), together: output / (Math.max(1, busyMs(answers)) / 1000) },
  };
}

/** Milliseconds in which at least one question was under way. */
function busyMs(answers: readonly Timed[]): number {
  const spans = answers
    .map(({ at, latencyMs }) => ({ start: Date.parse(at) - latencyMs, end: Date.parse(at) }))
    .sort((a, b) => a.start - b.start);
  let busy = 0;
  let until = -Infinity;
  for (const { start, end } of spans) {
    busy += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return busy;
}
