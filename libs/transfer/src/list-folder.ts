import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TransferError } from './transfer-error.ts';

export interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** Files that a transfer leaves lying: its own on both sides, locks, and the halves of killed writers. */
export const INCOMING_FOLDER = '.arae-incoming';
const OWN = new Set([INCOMING_FOLDER, '.locks']);
const TEMPORARY = /^\..+\.\d+-\d+\.tmp$/;

/** True for a path that travels, as far as the transfer itself is concerned. */
export function isTransferable(path: string): boolean {
  const names = path.split('/');
  return !names.some((name) => OWN.has(name)) && !TEMPORARY.test(names.at(-1) ?? '');
}

/**
 * All files below a folder, sorted by path; links are passed over. A folder that is not there is empty.
 *
 * @param include paths for which it is false are left out; asked for folders too
 * @throws TransferError `bad-path` for a name that no far program could be told safely
 */
export async function listFolder(
  root: string,
  include: (path: string) => boolean = () => true,
): Promise<ListedFile[]> {
  const files: ListedFile[] = [];

  async function visit(folder: string): Promise<void> {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    });
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!isTransferable(path) || !include(path)) continue;
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) add(checkPath(path));
    }
  }

  function add(path: string): void {
    try {
      // One call of the system costs far less than a way through the pool of threads.
      const { size, mtimeMs, ctimeMs } = lstatSync(join(root, path));
      files.push({ path, size, mtimeMs, ctimeMs });
    } catch (error) {
      // Gone since the folder was read.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  await visit('');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @throws TransferError `bad-path` */
export function checkPath(path: string): string {
  const names = path.split('/');
  if (/[\p{Cc}\\]/u.test(path) || names.some((name) => name === '' || name === '.' || name === '..')) {
    throw new TransferError(
      `${JSON.stringify(path)} cannot be sent: rename it without control characters and backslashes`,
      {
        code: 'bad-path',
        paths: [path],
      },
    );
  }
  return path;
}
