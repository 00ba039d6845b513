import { readTextFile, writeFileAtomic } from '@arae/progress';

/** Writes a file unless it holds just this already; a rerun over finished work costs no disk writes. */
export async function writeIfChanged(path: string, content: string): Promise<void> {
  try {
    if ((await readTextFile(path)) === content) return;
  } catch {
    // Not there or not readable: written below.
  }
  await writeFileAtomic(path, content);
}
