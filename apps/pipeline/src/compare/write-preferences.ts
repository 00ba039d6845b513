import { existsSync } from 'node:fs';
import { promptHash } from '@arae/labelers';
import type { PromptPack } from '@arae/floorplan';
import { chatRow, writeJsonLines } from '@arae/jsonl';
import { pickBetterLabel } from '@arae/quality-metrics';
import { InterruptedError } from '../errors.ts';
import { readLabelCalls } from '../phases/label-calls.ts';
import { loadLabelItem } from '../phases/load-label-item.ts';
import type { RunContext } from '../run-context.ts';
import { labelOptions } from './label-options.ts';

/** What became of the drawings on the way to preference pairs. */
export interface PreferenceCounts {
  /** Lines written. */
  pairs: number;
  /** Drawings whose labels stand alike before the graph: nothing to prefer. */
  alike: number;
  /** Drawings with less than two labels. */
  single: number;
  /** Labels that were made for another prompt. */
  otherPrompt: number;
}

/**
 * Writes pairs of labels of one drawing, one with fewer contradictions than the other, in the conversational form of preference training
 * (TRL): `{"prompt": [system, user], "chosen": [assistant], "rejected": [assistant]}`, with the messages of a training row. Drawings
 * without graph or context are `single`.
 */
export async function writePreferences(
  { folder, stop }: RunContext,
  stems: readonly string[],
  teachers: readonly string[],
  pack: PromptPack,
): Promise<PreferenceCounts> {
  const counts: PreferenceCounts = { pairs: 0, alike: 0, single: 0, otherPrompt: 0 };
  const calls = new Map(
    await Promise.all(
      teachers.map(async (name) => [name, await readLabelCalls(folder.calls(name))] as const),
    ),
  );
  async function* rows(): AsyncGenerator<object> {
    for (const stem of stems) {
      if (stop.aborted) throw new InterruptedError();
      if (!existsSync(folder.graph(stem)) || !existsSync(folder.context(stem))) {
        counts.single++;
        continue;
      }
      const { prompt } = await loadLabelItem(stem, folder, pack);
      const hash = promptHash(prompt);
      const stored = await labelOptions(stem, teachers, folder);
      const options = stored.filter(({ teacher }) => {
        const call = calls.get(teacher)?.items[stem];
        return call === undefined || call.promptHash === hash;
      });
      counts.otherPrompt += stored.length - options.length;
      if (options.length < 2) {
        counts.single++;
        continue;
      }
      const better = pickBetterLabel(options);
      if (better === null || better.rejected.length === 0) {
        counts.alike++;
        continue;
      }
      const { messages } = chatRow(prompt.system, prompt.user, JSON.stringify(better.chosen.analysis));
      const [system, user, chosen] = messages;
      for (const { analysis } of better.rejected) {
        const rejected = chatRow(prompt.system, prompt.user, JSON.stringify(analysis)).messages[2];
        counts.pairs++;
        yield { prompt: [system, user], chosen: [chosen], rejected: [rejected] };
      }
    }
  }
  await writeJsonLines(folder.preferences, rows());
  return counts;
}
