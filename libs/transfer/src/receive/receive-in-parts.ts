import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { hashFile } from '../make-manifest.ts';
import type { FileEntry } from '../manifest.ts';
import type { RemoteFolder } from '../remote/list-remote.ts';
import { runSsh, tooMuch } from '../ssh/run-ssh.ts';
import { shellWord } from '../ssh/ssh-target.ts';

/**
 * Fetches one large file to `path`, going on behind what a transfer that was cut has left there. A file with the wrong hash is
 * thrown away.
 *
 * @returns true when it is whole and right
 */
export async function receiveInParts(
  remote: RemoteFolder,
  file: FileEntry,
  path: string,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const there = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const start = there > file.size ? 0 : there;
  onBytes(start);
  if (start < file.size) {
    const out = createWriteStream(path, { flags: start === 0 ? 'w' : 'a' });
    let left = file.size - start;
    try {
      await runSsh(
        remote.target,
        `cd ${shellWord(remote.root)} && tail -c +${start + 1} -- ${shellWord(file.path)} | head -c ${left}`,
        {
          onOutput: (chunk, pause) => {
            // The disk is not filled by what has no end.
            if ((left -= chunk.length) < 0) throw tooMuch(`${remote.target.host} (${file.path})`);
            onBytes(chunk.length);
            if (!out.write(chunk)) pause(once(out, 'drain'));
          },
          signal,
        },
      );
    } finally {
      out.end();
      await finished(out);
    }
  }
  if ((await hashFile(path)) === file.sha256) return true;
  await rm(path, { force: true });
  return false;
}
