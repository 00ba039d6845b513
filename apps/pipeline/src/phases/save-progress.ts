import {
  PhaseProgressError,
  mergePhaseProgress,
  readPhaseProgress,
  writePhaseProgress,
} from '@arae/progress';
import type { PhaseProgress } from '@arae/progress';

/** Writes a progress file; what this run did not touch, because of `--limit` or an interruption, keeps its state. */
export async function saveProgress(
  path: string,
  current: PhaseProgress,
  sampled: readonly string[],
): Promise<PhaseProgress> {
  const previous = await readPhaseProgress(path).catch((error: unknown) => {
    // A damaged file is made anew; it is no source of anything.
    if (error instanceof PhaseProgressError) return { completed: [], failed: [] };
    throw error;
  });
  const merged = mergePhaseProgress(previous, current, new Set(sampled));
  await writePhaseProgress(path, merged);
  return merged;
}
