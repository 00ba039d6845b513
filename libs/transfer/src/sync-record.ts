import { readTextFile, writeFileAtomic } from '@arae/progress';

/** A file that both sides hold alike. */
export interface SyncedFile {
  readonly sha256: string;
  readonly size: number;
  /** The far file's time, see RemoteFile: while it stays, so does the content. */
  readonly mtime: string;
}

/** What two folders are known to have in common, kept on this side. */
export interface SyncRecord {
  readonly files: Map<string, SyncedFile>;
  /** Far files that a transfer was writing: whatever lies there is ours to write over. */
  readonly sending: Set<string>;
}

export const emptySyncRecord = (): SyncRecord => ({ files: new Map(), sending: new Set() });

/** Hundreds of thousands of files. */
const MAX_BYTES = 512 * 1024 ** 2;

/** An empty record where there is no readable one: then equal files are found by their hashes. */
export async function loadSyncRecord(file: string): Promise<SyncRecord> {
  try {
    const { files, sending } = JSON.parse(await readTextFile(file, { maxBytes: MAX_BYTES })) as {
      files: [string, SyncedFile][];
      sending: string[];
    };
    return { files: new Map(files), sending: new Set(sending) };
  } catch {
    return emptySyncRecord();
  }
}

export async function saveSyncRecord(file: string, { files, sending }: SyncRecord): Promise<void> {
  await writeFileAtomic(file, JSON.stringify({ files: [...files], sending: [...sending] }));
}
