import { existsSync } from 'node:fs';
import { readPhaseProgress, readTextFile } from '@arae/progress';
import type { FailedItem } from '@arae/progress';
import type { PipelineConfig } from '../config/config-schema.ts';
import { readSampledStems } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { readLabelCalls } from '../phases/label-calls.ts';
import { activityLine, readLabelActivity } from './label-activity.ts';
import type { LabelActivity } from './label-activity.ts';

export interface PhaseStatus {
  phase: string;
  done: number;
  failed: number;
  left: number;
  /** USD; null where nothing is paid or the price is not known. */
  costUsd: number | null;
  failures: FailedItem[];
  /** What the teacher's journal says; null for other phases. */
  activity: LabelActivity | null;
  /** The labels come from the bundled simulator, and the cost is what they would have cost. */
  isSimulated: boolean;
}

export interface Status {
  data: string;
  sampled: number | null;
  phases: PhaseStatus[];
  winner: string | null;
  train: boolean;
}

/**
 * What the data folder holds, from its files alone, so that it can be asked beside a running phase. Labels are counted as
 * they lie there; the progress files of phase 3 are written when a run ends.
 */
export async function collectStatus(folder: DataFolder, config: PipelineConfig): Promise<Status> {
  const stems = existsSync(folder.sampledImages) ? await readSampledStems(folder) : null;
  const phases: PhaseStatus[] = [];
  const add = async (
    phase: string,
    progress: string,
    file: (stem: string) => string,
    calls?: string,
  ): Promise<void> => {
    const { failed } = await readPhaseProgress(folder.progress(progress));
    const done = (stems ?? []).filter((stem) => existsSync(file(stem))).length;
    const failures = failed.filter(({ id }) => !existsSync(file(id)));
    const costs = calls === undefined ? null : await readLabelCalls(folder.calls(calls));
    phases.push({
      phase,
      done,
      failed: failures.length,
      left: Math.max(0, (stems?.length ?? 0) - done - failures.length),
      costUsd: costs === null ? null : sumCosts(Object.values(costs.items).map(({ costUsd }) => costUsd)),
      failures,
      activity: calls === undefined ? null : await readLabelActivity(folder.journal(calls)),
      isSimulated: Object.values(costs?.items ?? {}).some((call) => call.isSimulated),
    });
  };
  await add('1 graphs', 'cv_batch', folder.graph);
  await add('2 context', 'rag', folder.context);
  for (const name of Object.keys(config.labeling.teachers)) {
    // The free baseline is listed only when it has been used.
    if (!config.comparison.teachers.includes(name) && !existsSync(folder.journal(name))) continue;
    await add(`3 ${name}`, name, (stem) => folder.label(stem, name), name);
  }
  return {
    data: folder.root,
    sampled: stems?.length ?? null,
    phases,
    winner: existsSync(folder.selectedModel) ? (await readTextFile(folder.selectedModel)).trim() : null,
    train: existsSync(folder.train),
  };
}

export function statusLines({ data, sampled, phases, winner, train }: Status): string[] {
  if (sampled === null) return [`${data}: nothing sampled yet`];
  const lines = [`${data}: ${sampled} drawings sampled`];
  for (const { phase, done, failed, left, costUsd, failures, activity, isSimulated } of phases) {
    const cost = costUsd === null ? '' : `  USD ${costUsd.toFixed(2)}${isSimulated ? ' (simulated)' : ''}`;
    lines.push(
      `  ${phase.padEnd(14)} ${String(done).padStart(6)} done ${String(failed).padStart(5)} failed ${String(left).padStart(6)} left${cost}`,
    );
    if (activity !== null && activity.answers > 0) lines.push(`      ${activityLine(activity)}`);
    for (const { id, reason } of failures.slice(0, 5)) lines.push(`      ${id}: ${reason}`);
    if (failures.length > 5) lines.push(`      … and ${failures.length - 5} more in the progress file`);
  }
  lines.push(`  winner: ${winner ?? 'not chosen'}`, `  data set: ${train ? 'built' : 'not built'}`);
  return lines;
}

function sumCosts(costs: readonly (number | null)[]): number | null {
  return costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}
