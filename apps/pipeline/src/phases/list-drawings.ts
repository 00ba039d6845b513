import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * The names of the drawings of a folder: `.png` in any case, not in subfolders, sorted.
 *
 * @throws UsageError when there is no such folder.
 */
export async function listDrawingNames(folder: string): Promise<string[]> {
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
  return names.sort();
}

/**
 * The drawings of a folder, as {@link listDrawingNames}, with their sizes in bytes.
 *
 * @throws UsageError when there is no such folder, or a drawing is not there any more (a link to nothing).
 */
export async function listDrawings(folder: string): Promise<{ name: string; size: number }[]> {
  const names = await listDrawingNames(folder);
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
