import { copyFile, mkdir, rename, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustStayInside } from '@arae/progress';
import { conflictError } from '../conflict-error.ts';
import { hashFile } from '../make-manifest.ts';
import type { FileEntry } from '../manifest.ts';

/**
 * Puts files that lie aside under their SHA-256 into their places. Several may have one content: the last one takes it.
 *
 * @param before SHA-256 by path when the transfer was planned
 * @throws TransferError `conflict` at one that was changed here since; OutsideLinkError when a link would have it written elsewhere
 */
export async function placeFiles(
  root: string,
  aside: string,
  files: readonly FileEntry[],
  before: ReadonlyMap<string, string>,
): Promise<void> {
  const checked = new Set<string>();
  const waiting = Map.groupBy(files, ({ sha256 }) => sha256);
  for (const file of files) {
    const path = join(root, file.path);
    const folder = dirname(file.path);
    if (!checked.has(folder)) await mustStayInside(root, folder);
    checked.add(folder);
    if ((await hashFile(path).catch(() => undefined)) !== before.get(file.path)) {
      throw conflictError([file.path]);
    }
    await mkdir(dirname(path), { recursive: true });
    const content = join(aside, file.sha256);
    const users = waiting.get(file.sha256)!;
    if (users.at(-1) === file) await rename(content, path);
    else {
      await copyFile(content, `${content}.copy`);
      await rename(`${content}.copy`, path);
    }
    await utimes(path, file.mtime, file.mtime);
  }
}
