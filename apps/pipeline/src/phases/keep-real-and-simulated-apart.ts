import { rm } from 'node:fs/promises';
import type { Teacher } from '@arae/labelers';
import { stringifyIndented } from '@arae/floorplan';
import type { DataFolder } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { readLabelCalls } from './label-calls.ts';
import { saveProgress } from './save-progress.ts';
import { writeIfChanged } from './write-if-changed.ts';

/**
 * Sees to it that one data folder never holds real and simulated labels of a teacher side by side. A real run takes simulated
 * labels away (they cost nothing and come again from the journal); a simulated run does not touch a folder with real ones.
 *
 * @throws UsageError when a simulated run would replace labels that were paid for.
 */
export async function keepRealAndSimulatedApart(
  folder: DataFolder,
  teacher: Teacher,
  isSimulated: boolean,
  sampled: readonly string[],
): Promise<void> {
  const calls = await readLabelCalls(folder.calls(teacher.name));
  if (calls === null || !teacher.isPaid) return;
  const others = sampled.filter((stem) => {
    const call = calls.items[stem];
    return call !== undefined && call.isSimulated !== isSimulated;
  });
  if (others.length === 0) return;
  if (isSimulated) {
    throw new UsageError(
      `${folder.root} holds ${others.length} real answers of ${teacher.name}: simulate in another --data folder`,
    );
  }
  const gone = new Set(others);
  for (const stem of others) await rm(folder.label(stem, teacher.name), { force: true });
  const items = Object.fromEntries(Object.entries(calls.items).filter(([stem]) => !gone.has(stem)));
  await writeIfChanged(folder.calls(teacher.name), stringifyIndented({ ...calls, items }));
  await saveProgress(
    folder.progress(teacher.name),
    { completed: [], failed: [] },
    sampled.filter((stem) => !gone.has(stem)),
  );
}
