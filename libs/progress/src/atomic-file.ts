import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from './is-process-alive.ts';

/** A file that appears under its name only when it is complete. */
export interface AtomicFile {
  /** Appends to the hidden temporary file; awaits the disk, so a fast producer is slowed down. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Syncs and renames: from here on the file is there, whole. */
  commit(): Promise<void>;
  /** Removes the temporary file; the file that was there before, if any, stays. */
  abort(): Promise<void>;
}

let counter = 0;

const temporaryPattern = /^\..+\.(\d+)-\d+\.tmp$/;

/**
 * Opens a file for writing that replaces `path` in one step at `commit()`.
 * The temporary file lies in the same folder (a rename across file systems is not atomic); folders are made as needed.
 */
export async function openAtomicFile(path: string): Promise<AtomicFile> {
  const { temporary, handle } = await openTemporary(path);
  return {
    async write(chunk) {
      await handle.appendFile(chunk);
    },
    async commit() {
      try {
        await handle.sync();
        await handle.close();
        await renameOver(temporary, path);
      } catch (error) {
        await handle.close().catch(() => undefined);
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async abort() {
      await handle.close();
      await rm(temporary, { force: true });
    },
  };
}

/** Writes a whole file, so that a reader sees the old content or the new one and never a part. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const file = await openAtomicFile(path);
  try {
    await file.write(content);
  } catch (error) {
    await file.abort();
    throw error;
  }
  await file.commit();
}

/** Removes the temporary files that killed processes left in a folder (not in its subfolders). */
export async function removeStaleTemporaryFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = temporaryPattern.exec(name)?.[1];
    if (pid !== undefined && !isProcessAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** Passes over names that are taken: a killed process may have had this one's number, as in a restarted container. */
async function openTemporary(path: string): Promise<{ temporary: string; handle: FileHandle }> {
  for (;;) {
    const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${counter++}.tmp`);
    try {
      return { temporary, handle: await openMakingFolder(temporary) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function openMakingFolder(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    return await open(path, 'wx');
  }
}

/** On Windows a virus scanner may hold the target for a moment: try again a few times. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      const isPassing =
        process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY' || code === 'EACCES');
      if (!isPassing || attempt === 8) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt));
    }
  }
}
