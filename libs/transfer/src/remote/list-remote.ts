import { isTransferable } from '../list-folder.ts';
import { runSsh } from '../ssh/run-ssh.ts';
import { shellWord, type SshTarget } from '../ssh/ssh-target.ts';

/** A folder on a machine that is reached over SSH. */
export interface RemoteFolder {
  readonly target: SshTarget;
  /** Absolute. */
  readonly root: string;
}

export interface RemoteFile {
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970 with all the digits that the far side knows, so that equal means unchanged. */
  readonly mtime: string;
}

export interface RemoteListing {
  readonly files: ReadonlyMap<string, RemoteFile>;
  readonly hasRsync: boolean;
}

/** Lists all files below a far folder; one that is not there is empty. */
export async function listRemote(
  { target, root }: RemoteFolder,
  signal?: AbortSignal,
): Promise<RemoteListing> {
  const command = [
    `if command -v rsync >/dev/null; then printf 'rsync\\0'; else printf -- '-\\0'; fi`,
    `cd ${shellWord(root)} 2>/dev/null || exit 0`,
    // A file may vanish while the list is made, which find says by its exit code.
    `find . -type f -printf '%s %T@ %P\\0' || true`,
  ].join('; ');
  const { output } = await runSsh(target, command, { signal });
  const [tools, ...lines] = output.toString().split('\0');
  const files = new Map<string, RemoteFile>();
  for (const line of lines) {
    const [, size, mtime, path] = /^(\d+) ([\d.]+) (.+)$/s.exec(line) ?? [];
    if (path === undefined || !isTransferable(path)) continue;
    files.set(path, { size: Number(size), mtime: shortTime(mtime!) });
  }
  return { files, hasRsync: tools === 'rsync' };
}

/** `12.5000000000` → `12.5`, `12.0000000000` → `12`. */
export const shortTime = (time: string): string => time.replace(/(?:\.0*|(\.\d*[1-9])0+)$/, '$1');
