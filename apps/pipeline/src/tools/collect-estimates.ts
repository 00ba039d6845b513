import { existsSync } from 'node:fs';
import { loadPromptPack } from '@arae/floorplan';
import { loadPriceBook, openLabelJournal } from '@arae/labelers';
import { readSampledStems } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { createTeacher } from '../phases/create-teacher.ts';
import { describeEstimate, describeGpuWaiting, estimateLabels } from '../phases/estimate-labels.ts';
import type { LabelEstimate } from '../phases/estimate-labels.ts';
import { isReadyToLabel } from '../phases/is-ready-to-label.ts';
import type { RunContext } from '../run-context.ts';

export interface Estimates {
  estimates: LabelEstimate[];
  /** The same for a person. */
  lines: string[];
}

/** What phase 3 would cost for every teacher that is compared. Needs no keys and asks nobody. */
export async function collectEstimates(context: RunContext): Promise<Estimates> {
  const { config, folder } = context;
  const pack = await loadPromptPack(config.prompt.packDir ?? undefined);
  const prices = await loadPriceBook(config.labeling.priceBookPath ?? undefined);
  const stems = (await readSampledStems(folder))
    .filter((stem) => isReadyToLabel(stem, folder))
    .slice(0, context.limit);
  if (stems.length === 0)
    throw new UsageError(`no drawing has both graph and context in ${folder.outputFolder}: run phase2 first`);
  const estimates: LabelEstimate[] = [];
  for (const name of config.comparison.teachers) {
    const teacher = createTeacher(name, config, context.env, null);
    const path = folder.journal(name);
    const journal = existsSync(path) ? await openLabelJournal(path) : null;
    try {
      estimates.push(await estimateLabels({ teacher, pack, prices, context }, journal, stems));
    } finally {
      await journal?.close();
    }
  }
  const waiting = describeGpuWaiting(estimates, prices);
  return {
    estimates,
    lines: [...estimates.map(describeEstimate), ...(waiting === null ? [] : [waiting])],
  };
}
