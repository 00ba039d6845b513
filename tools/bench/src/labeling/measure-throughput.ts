import { simulatedRun } from './simulated-run.ts';

export interface Throughput {
  concurrency: number;
  /** Answers per second between the first full concurrency and the emptying of the queue. */
  perSecond: number;
  /** What the concurrency allows at the mean latency, or the limit per minute. */
  idealPerSecond: number;
  share: number;
  /** Share of the requests after the first minute that were answered 429. */
  limitedAfterFirstMinute: number;
}

/** How near labelling comes to what is possible with log-normal latencies of half a second. */
export async function measureThroughput(
  items: number,
  concurrency: number,
  requestsPerMinute: number | null,
  provider: 'openai' | 'gemini' = 'openai',
): Promise<Throughput> {
  const run = await simulatedRun({
    provider,
    items,
    concurrency,
    faults: { latencyMs: { distribution: 'lognormal', median: 500 }, requestsPerMinute },
  });
  if (run.error !== null) throw run.error as Error;
  const { spans } = run;
  const answered = spans.filter(({ start, end }) => end > start);
  const lastStart = Math.max(...answered.map(({ start }) => start));
  const full = firstFull(answered, concurrency);
  // The first minute also uses up what the limit allows at once.
  const from = requestsPerMinute === null ? full : 60_000;
  const inside = answered.filter(({ end }) => end > from && end <= lastStart).length;
  const perSecond = (inside / (lastStart - from)) * 1000;
  const mean = answered.reduce((sum, { start, end }) => sum + end - start, 0) / answered.length;
  const idealPerSecond = requestsPerMinute === null ? (concurrency / mean) * 1000 : requestsPerMinute / 60;
  const late = run.requests.filter(({ at }) => Date.parse(at) - Date.parse('2026-11-23T00:00:00Z') > 60_000);
  return {
    concurrency,
    perSecond,
    idealPerSecond,
    share: perSecond / idealPerSecond,
    limitedAfterFirstMinute:
      late.length === 0 ? 0 : late.filter(({ outcome }) => outcome === 'rate-limited').length / late.length,
  };
}

/** When as many requests as allowed were under way for the first time. */
function firstFull(spans: readonly { start: number; end: number }[], concurrency: number): number {
  const events = spans
    .flatMap(({ start, end }) => [
      [start, 1],
      [end, -1],
    ])
    // What ends makes room before what starts.
    .sort(([a = 0, x = 0], [b = 0, y = 0]) => a - b || x - y);
  let running = 0;
  for (const [at = 0, change = 0] of events) {
    running += change;
    if (running >= concurrency) return at;
  }
  return 0;
}
