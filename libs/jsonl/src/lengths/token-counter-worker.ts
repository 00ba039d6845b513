import { parentPort, workerData } from 'node:worker_threads';
import type { RowTexts } from './batch-counter.ts';
import { createTokenCounter } from './create-token-counter.ts';
import type { FromCounter } from './start-token-counters.ts';

// The thread behind startTokenCounters.
const port = parentPort!;
const say = (message: FromCounter) => port.postMessage(message);
try {
  const counter = await createTokenCounter(workerData as string);
  port.on('message', ({ id, rows }: { id: number; rows: RowTexts[] }) => {
    say({ kind: 'counted', id, lengths: rows.map((row) => counter.count(row, row.answer)) });
  });
  say({ kind: 'ready', tokenizerSha256: counter.tokenizerSha256! });
} catch (error) {
  say({ kind: 'failed', message: (error as Error).message });
}
