import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * The drawings of a folder (`.png` in any case, not in subfolders) with their sizes in bytes.
 *
 * @throws UsageError when there is no such folder.
 */
export async function listDrawings(folder: string): Promise<{ name: string; size: number }[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (/\.png$/i.test(entry.name) && !entry.isDirectory()) names.push(entry.name);
    }
  } catch (error) {
    throw new UsageError(
      `the folder of drawings ${folder} cannot be read (${(error as NodeJS.ErrnoException).code}): check --images`,
    );
  }
  names.sort();
  return Promise.all(
    names.map(async (name) => {
      try {
        return { name, size: (await stat(join(folder, name))).size };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new UsageError(`${join(folder, name)} cannot be read (${code}): mend or remove it`);
      }
    }),
  );
}
