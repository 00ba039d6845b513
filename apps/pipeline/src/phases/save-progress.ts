import { mergePhaseProgress, readPhaseProgress, writePhaseProgress } from '@arae/progress';
import type { PhaseProgress } from '@arae/progress';

/** Writes a progress file; what this run did not touch, because of `--limit` or an interruption, keeps its state. */
export async function saveProgress(
  path: string,
  current: PhaseProgress,
  sampled: readonly string[],
): Promise<PhaseProgress> {
  const merged = mergePhaseProgress(await readPhaseProgress(path), current, new Set(sampled));
  await writePhaseProgress(path, merged);
  return merged;
}
