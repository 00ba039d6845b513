import { setImmediate } from 'node:timers/promises';
import { InterruptedError } from '../errors.ts';
import type { RunContext } from '../run-context.ts';
import type { DroppedItem } from './dropped-item.ts';
import { readRow } from './read-row.ts';
import type { RowSource } from './read-row.ts';
import type { RowFacts } from './row-facts.ts';
import type { RowSpool } from './row-spool.ts';
import { createSignatureStore } from './signature-store.ts';

/** Drawings behind which a signal is looked for. */
const AT_ONCE = 32;

/** Reads every drawing once: its row goes to the spool, what is known of it stays in memory. */
export async function collectRows(
  stems: readonly string[],
  source: RowSource,
  spool: RowSpool,
  { stop, display }: Pick<RunContext, 'stop' | 'display'>,
): Promise<{ rows: RowFacts[]; dropped: DroppedItem[] }> {
  const rows: RowFacts[] = [];
  const dropped: DroppedItem[] = [];
  const keep = createSignatureStore();
  const task = display.task('phase5', stems.length);
  for (let start = 0; start < stems.length; start += AT_ONCE) {
    const some = stems.slice(start, start + AT_ONCE);
    for (const id of some) {
      const read = readRow(id, source);
      if ('dropped' in read) dropped.push(read.dropped);
      else {
        const signature = keep(read.facts.signature);
        rows.push(Object.assign(read.facts, { signature, spooled: await spool.append(read.line) }));
      }
    }
    // Signals arrive between turns of the event loop only.
    await setImmediate();
    if (stop.aborted) throw new InterruptedError();
    task.done(some.length);
  }
  task.finish();
  return { rows, dropped };
}
