import { setImmediate } from 'node:timers/promises';
import type { BatchCounter, RowLength } from '@arae/jsonl';
import { InterruptedError } from '../errors.ts';
import type { RunContext } from '../run-context.ts';
import type { DroppedItem } from './dropped-item.ts';
import { readRow } from './read-row.ts';
import type { ReadFacts, RowSource } from './read-row.ts';
import type { RowFacts } from './row-facts.ts';
import type { RowSpool } from './row-spool.ts';
import { createSignatureStore } from './signature-store.ts';

/** Drawings that are read and counted together, and behind which a signal is looked for. */
const BATCH = 32;
/** Batches that may wait to be counted: enough that no thread has nothing to do, few enough that texts do not pile up. */
const MOST_COUNTING = 8;

/** Reads every drawing once: its row goes to the spool, what is known of it stays in memory. */
export async function collectRows(
  stems: readonly string[],
  source: RowSource,
  { spool, counter }: { spool: RowSpool; counter: BatchCounter },
  { stop, display }: Pick<RunContext, 'stop' | 'display'>,
): Promise<{ rows: RowFacts[]; dropped: DroppedItem[] }> {
  const rows: RowFacts[] = [];
  const dropped: DroppedItem[] = [];
  const keep = createSignatureStore();
  const counting: { facts: (ReadFacts & { spooled: number })[]; lengths: Promise<RowLength[]> }[] = [];
  const takeOldest = async () => {
    const oldest = counting.shift()!;
    for (const [index, length] of (await oldest.lengths).entries()) {
      rows.push({ ...oldest.facts[index]!, ...length });
    }
    task.done(oldest.facts.length);
  };

  const task = display.task('phase5', stems.length);
  for (let start = 0; start < stems.length; start += BATCH) {
    const texts = [];
    const facts = [];
    for (const id of stems.slice(start, start + BATCH)) {
      const read = readRow(id, source);
      if ('dropped' in read) {
        dropped.push(read.dropped);
        task.done();
        continue;
      }
      texts.push(read.texts);
      const signature = keep(read.facts.signature);
      facts.push({ ...read.facts, signature, spooled: await spool.append(read.line) });
    }
    const lengths = counter.count(texts);
    // Whoever waits for it hears of a failure; until then nobody does.
    lengths.catch(() => undefined);
    counting.push({ facts, lengths });
    if (counting.length > MOST_COUNTING) await takeOldest();
    // Signals arrive between turns of the event loop only.
    await setImmediate();
    if (stop.aborted) throw new InterruptedError();
  }
  while (counting.length > 0) await takeOldest();
  task.finish();
  return { rows, dropped };
}
