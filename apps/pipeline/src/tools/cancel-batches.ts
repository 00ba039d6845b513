import { existsSync } from 'node:fs';
import { openLabelJournal } from '@arae/labelers';
import { UsageError } from '../errors.ts';
import { createTeacher, requireKey, teacherSettings } from '../phases/create-teacher.ts';
import { withFolderLock } from '../phases/with-folder-lock.ts';
import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';

/**
 * Asks the provider to do no more of the batches that have not ended. What is done by then is paid: the next phase 3 fetches it.
 */
export async function cancelBatches(name: string | undefined, context: RunContext): Promise<PhaseSummary> {
  const { config, env, folder, stop, display } = context;
  if (name === undefined) throw new UsageError('labels cancel: say whose batches with --teacher NAME');
  teacherSettings(name, config);
  const { batches } = createTeacher(name, config, env, null);
  if (batches === undefined || !existsSync(folder.journal(name))) {
    throw new UsageError(`${folder.root} has no batches of ${name}: there is nothing to cancel`);
  }
  requireKey(name, config, env);
  return withFolderLock(context, `labels-${name}`, async () => {
    const journal = await openLabelJournal(folder.journal(name));
    await journal.close();
    let cancelled = 0;
    for (const { name: batch, batchId } of journal.openBatches()) {
      const id = batchId ?? (await batches.find(batch, stop));
      if (id === null) continue;
      await batches.cancel(id, stop);
      cancelled++;
      display.log(`${name}: ${batch} (${id}) is being cancelled`);
    }
    return {
      phase: `labels cancel ${name}`,
      exitCode: EXIT.done,
      figures: { cancelled },
      files: [],
      warnings:
        cancelled === 0 ? [] : [`what they have done by now is paid: phase3 --teacher ${name} fetches it`],
    };
  });
}
