import { existsSync } from 'node:fs';
import type { LabelRecord } from '@arae/labelers';
import { formatDuration, readJournal } from '@arae/progress';

/** The last minutes before the last answer by which the speed is told. */
const SPEED_WINDOW_MS = 10 * 60_000;

/** What a teacher's journal says of a run, whoever runs it and whenever. */
export interface LabelActivity {
  answers: number;
  inputTokens: number;
  outputTokens: number;
  /** Answers per minute in the ten minutes before the last one; null with fewer than two. */
  perMinute: number | null;
  /** ISO time of the last answer. */
  lastAnswerAt: string | null;
  /** Requests let through at the same time, as last decided; null when it was never changed. */
  limit: number | null;
  /** The last pause that the provider asked for. */
  lastPause: { at: string; ms: number; reason: string } | null;
}

/** Reads a journal line by line; null when there is none. */
export async function readLabelActivity(path: string): Promise<LabelActivity | null> {
  if (!existsSync(path)) return null;
  const activity: LabelActivity = {
    answers: 0,
    inputTokens: 0,
    outputTokens: 0,
    perMinute: null,
    lastAnswerAt: null,
    limit: null,
    lastPause: null,
  };
  let recent: number[] = [];
  for await (const line of readJournal(path)) {
    if ('damaged' in line) continue;
    const record = line.record as unknown as LabelRecord;
    if (record.type === 'answer') {
      activity.answers++;
      activity.inputTokens += record.usage.inputTokens;
      activity.outputTokens += record.usage.outputTokens;
      activity.lastAnswerAt = record.at;
      recent.push(Date.parse(record.at));
      if (recent.length > 4096) recent = inWindow(recent);
    } else if (record.type === 'admission') activity.limit = record.limit;
    else if (record.type === 'error' && record.status === 429 && record.waitMs !== null) {
      activity.lastPause = { at: record.at, ms: record.waitMs, reason: record.message };
    }
  }
  activity.perMinute = speedOf(inWindow(recent));
  return activity;
}

/** The activity in one line. */
export function activityLine(activity: LabelActivity): string {
  const { answers, inputTokens, outputTokens, perMinute, lastAnswerAt, limit, lastPause } = activity;
  const parts = [
    `${answers} answers, ${millions(inputTokens)} M tokens in, ${millions(outputTokens)} M out`,
    ...(perMinute === null ? [] : [`${perMinute.toFixed(1)} a minute`]),
    ...(lastAnswerAt === null ? [] : [`last answer ${lastAnswerAt}`]),
    ...(limit === null ? [] : [`${limit} places`]),
    ...(lastPause === null
      ? []
      : [`last pause ${lastPause.at} for ${formatDuration(lastPause.ms)}: ${lastPause.reason}`]),
  ];
  return parts.join('; ');
}

function inWindow(times: readonly number[]): number[] {
  const last = times.at(-1) ?? 0;
  return times.filter((at) => at > last - SPEED_WINDOW_MS);
}

function speedOf(times: readonly number[]): number | null {
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined || last === first) return null;
  return ((times.length - 1) / (last - first)) * 60_000;
}

function millions(tokens: number): string {
  return (tokens / 1_000_000).toFixed(2);
}
