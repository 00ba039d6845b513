import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireFolderLock, mustHoldNoWayOut, removeStaleTemporaryFiles } from '@arae/progress';
import type { RunContext } from '../run-context.ts';

const LABEL_SCOPE = 'phase3-';

/** Folders that phases write into, or whose folders they write into. */
const WRITTEN = ['.locks', 'output', 'progress', 'qwen3_finetuned'];

/**
 * Runs a phase alone in its data folder; only different teachers may label at the same time.
 *
 * @throws OutsideLinkError when a link would have something written outside the data folder; FolderLockedError
 */
export async function withFolderLock<T>(
  { folder, clock }: Pick<RunContext, 'folder' | 'clock'>,
  scope: string,
  work: () => Promise<T>,
): Promise<T> {
  await mustHoldNoWayOut(folder.root, WRITTEN);
  const lock = await acquireFolderLock(folder.root, {
    scope,
    command: scope,
    now: () => new Date(clock.now()),
    compatible: (other) => scope.startsWith(LABEL_SCOPE) && other.startsWith(LABEL_SCOPE) && other !== scope,
  });
  try {
    await removeLeftovers(folder.root, folder.outputFolder, folder.progressFolder);
    return await work();
  } finally {
    await lock.release();
  }
}

/** Temporary files of runs that were killed. */
async function removeLeftovers(root: string, outputFolder: string, progressFolder: string): Promise<void> {
  await removeStaleTemporaryFiles(root);
  if (existsSync(progressFolder)) await removeStaleTemporaryFiles(progressFolder);
  if (!existsSync(outputFolder)) return;
  for (const entry of await readdir(outputFolder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeStaleTemporaryFiles(join(outputFolder, entry.name));
  }
}
