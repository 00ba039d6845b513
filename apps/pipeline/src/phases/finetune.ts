import { stringifyIndented } from '@arae/floorplan';
import { writeFileAtomic } from '@arae/progress';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { findFinetuneCommand } from '../finetune/find-finetune-command.ts';
import { runFinetuneProcess } from '../finetune/run-finetune-process.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { withFolderLock } from './with-folder-lock.ts';

/** What is read of `training_report.json`; it holds more. */
const reportSchema = z.looseObject({
  machine: z.looseObject({ backend: z.string(), name: z.string() }),
  notes: z.array(z.string()),
  steps: z.int(),
  planned_steps: z.int(),
  best_step: z.int().nullable(),
  best_eval_loss: z.number().nullable(),
  tokens_per_second: z.number().nullable(),
  out_of_memory: z.array(z.unknown()),
  serve: z.string(),
});

/** Phase 6: trains the adapter on `train.jsonl`, by `arae-finetune`; with `--preview` shows rows as they would be trained. */
export async function runFinetune(context: RunContext): Promise<PhaseSummary> {
  const { config, folder, finetune } = context;
  if (finetune.resume && finetune.restart) {
    throw new UsageError('--resume and --restart cannot both be: leave one out');
  }
  const { command, requireManifest, merge, ...settings } = config.finetune;
  return withFolderLock(context, 'phase6', async () => {
    await mkdir(folder.finetuned, { recursive: true });
    const settingsFile = join(folder.finetuned, 'settings.json');
    await writeFileAtomic(settingsFile, stringifyIndented(settings));
    const run = (name: string, flags: string[]): Promise<string> =>
      runFinetuneProcess(
        findFinetuneCommand(command, context.env),
        [name, '--data', folder.root, '--settings', settingsFile, ...flags],
        { ...context, say: (line) => context.display.log(line) },
      );
    const checks = requireManifest ? [] : ['--without-manifest'];

    if (finetune.preview !== undefined) {
      const text = await run('preview', ['--show', String(finetune.preview), ...checks]);
      for (const line of text.trimEnd().split('\n')) context.display.log(line);
      return { phase: 'phase6', exitCode: EXIT.done, figures: {}, files: [], warnings: [] };
    }
    const legs = [...(finetune.resume ? ['--resume'] : []), ...(finetune.restart ? ['--restart'] : [])];
    const report = parseReport(await run('train', ['--out', folder.finetuned, '--json', ...legs, ...checks]));
    if (merge) await run('merge', ['--out', folder.mergedModel, '--json']);
    context.display.log(`serve it: ${report.serve}`);
    return {
      phase: 'phase6',
      exitCode: EXIT.done,
      figures: {
        trained: `${report.machine.backend} on ${report.machine.name}`,
        steps: `${report.steps} of ${report.planned_steps}`,
        'best step': report.best_step,
        'evaluation loss': report.best_eval_loss,
        'tokens per second': report.tokens_per_second,
      },
      files: [
        folder.adapterModel,
        join(folder.finetuned, 'training_report.json'),
        ...(merge ? [folder.mergedModel] : []),
      ],
      warnings: [
        ...report.notes,
        ...(report.out_of_memory.length > 0
          ? ['the card ran out of memory once: fewer rows at a time, as many per step']
          : []),
      ],
    };
  });
}

function parseReport(output: string): z.infer<typeof reportSchema> {
  try {
    // The last line: parts of libraries that are not Python may have printed before it.
    return reportSchema.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''));
  } catch {
    throw new UsageError(
      'arae-finetune did not print its report: use the python/arae_finetune of this version, or mend finetune.command',
    );
  }
}
