import { toJsonLine, writeLines } from '@arae/jsonl';
import type { BatchCounter, WrittenLines } from '@arae/jsonl';
import { InterruptedError } from '../errors.ts';
import type { RowFacts } from './row-facts.ts';
import type { RowSpool } from './row-spool.ts';

/** Rows that are read from the spool at the same time. */
const AT_ONCE = 32;

/** Writes the rows of one side of the split in their order, and beside them what training will compare them with. */
export async function writeSide(
  paths: { rows: string; facts: string },
  rows: readonly RowFacts[],
  { spool, counter, stop }: { spool: RowSpool; counter: BatchCounter; stop: AbortSignal },
): Promise<WrittenLines> {
  async function* lines(): AsyncGenerator<Buffer> {
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      if (stop.aborted) throw new InterruptedError();
      const some = rows.slice(start, start + AT_ONCE);
      yield* await Promise.all(some.map(({ spooled }) => spool.read(spooled)));
    }
  }
  const isCounted = counter.by === 'tokenizer';
  function* facts(): Generator<string> {
    for (const { sha256, tokens, answerTokens } of rows) {
      yield toJsonLine({
        sha256,
        // An estimate is nothing to compare with.
        tokens: isCounted ? tokens : null,
        answer_tokens: isCounted ? answerTokens : null,
      });
    }
  }
  const written = await writeLines(paths.rows, lines());
  await writeLines(paths.facts, facts());
  return written;
}
