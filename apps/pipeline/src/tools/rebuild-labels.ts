import { existsSync } from 'node:fs';
import { loadPromptPack } from '@arae/floorplan';
import { loadPriceBook, openLabelJournal, recallItem } from '@arae/labelers';
import type { PriceBook, Teacher } from '@arae/labelers';
import { readSampledStems } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { createTeacher, teacherSettings } from '../phases/create-teacher.ts';
import { isReadyToLabel } from '../phases/is-ready-to-label.ts';
import { readLabelCalls } from '../phases/label-calls.ts';
import { createLabelCollector } from '../phases/label-collector.ts';
import { labelVerification } from '../phases/label-verification.ts';
import { loadLabelItem } from '../phases/load-label-item.ts';
import { simulatorEndpoint } from '../phases/simulator-endpoint.ts';
import { withFolderLock } from '../phases/with-folder-lock.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';

/**
 * Makes the label files of one teacher, or of all that have a journal, again from what is in the journals: nobody is asked, no
 * key is needed. Labels whose question the journal does not know under the present settings stay as they are.
 */
export async function rebuildLabels(name: string | undefined, context: RunContext): Promise<PhaseSummary[]> {
  const { config, folder } = context;
  if (name !== undefined) teacherSettings(name, config);
  const names = name === undefined ? Object.keys(config.labeling.teachers) : [name];
  const withJournal = names.filter((teacher) => existsSync(folder.journal(teacher)));
  if (withJournal.length === 0) {
    throw new UsageError(
      `${folder.root} has no journal of ${name ?? 'any teacher'}: there is nothing to make labels of, run phase3 first`,
    );
  }
  const prices = await loadPriceBook(config.labeling.priceBookPath ?? undefined);
  const summaries: PhaseSummary[] = [];
  for (const teacher of withJournal) {
    summaries.push(
      await withFolderLock(context, `labels-${teacher}`, () => rebuild(teacher, prices, context)),
    );
  }
  return summaries;
}

async function rebuild(name: string, prices: PriceBook, context: RunContext): Promise<PhaseSummary> {
  const { config, folder, stop } = context;
  const sampled = await readSampledStems(folder);
  const ready = sampled.filter((stem) => isReadyToLabel(stem, folder));
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  const calls = await readLabelCalls(folder.calls(name));
  const isSimulated = Object.values(calls?.items ?? {}).some((call) => call.isSimulated);
  const teacher = teacherOf(name, isSimulated, context);
  const collector = createLabelCollector({
    teacher,
    prices,
    isSimulated,
    reconcile: config.labeling.reconcile,
    folder,
    sampled,
  });
  const journal = await openLabelJournal(folder.journal(name));
  const unknown: string[] = [];
  try {
    for (const stem of ready) {
      stop.throwIfAborted();
      const item = await loadLabelItem(stem, folder, pack);
      const outcome = await recallItem(item, {
        teacher,
        journal,
        verification: labelVerification(config.labeling.verify),
      });
      if (outcome === null) unknown.push(stem);
      else await collector.take(outcome, item);
    }
  } finally {
    await journal.close();
    await collector.save();
  }
  const { completed, failed } = collector;
  return {
    phase: `labels rebuild ${name}`,
    exitCode: EXIT.done,
    figures: {
      rebuilt: completed.length,
      failed: failed.length,
      'not in the journal': unknown.length,
      'unreadable lines': journal.damagedLines,
    },
    files: [`${folder.outputFolder}/*/llm_analysis_${name}.json`],
    warnings:
      unknown.length === 0
        ? []
        : [
            `${unknown.length} drawings have no answer to their present prompt and settings (the first: ${unknown[0]}): their files are as they were`,
          ],
  };
}

function teacherOf(name: string, isSimulated: boolean, { config, env }: RunContext): Teacher {
  const endpoint = simulatorEndpoint(config.simulator);
  // Nobody is asked, so any address will do.
  const simulated = { openAiBaseUrl: 'http://127.0.0.1/v1', geminiBaseUrl: 'http://127.0.0.1', endpoint };
  return createTeacher(name, config, env, isSimulated ? simulated : null);
}
