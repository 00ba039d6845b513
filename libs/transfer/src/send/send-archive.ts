import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { Readable } from 'node:stream';
import type { FileEntry } from '../manifest.ts';
import { HASH_COMMAND, HashReader } from '../remote/hash-remote.ts';
import type { RemoteFolder } from '../remote/list-remote.ts';
import { runSsh } from '../ssh/run-ssh.ts';
import { shellWord } from '../ssh/ssh-target.ts';
import { TransferError } from '../transfer-error.ts';

/** Files read ahead of the one that is sent. */
const READ_AHEAD = 16;

/**
 * Sends files as one archive that is unpacked as it comes. Each is hashed over there as soon as it is whole, beside the
 * unpacking, so that a cut costs no more than what was under way.
 *
 * @param onHash gets what arrived, also before a cut
 */
export async function sendArchive(
  root: string,
  remote: RemoteFolder,
  files: readonly FileEntry[],
  onHash: (path: string, sha256: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const folder = shellWord(remote.root);
  // tar names a file on its output before it writes it: a name goes on to be hashed when the next one comes.
  const whole = `{ p=; while IFS= read -r n; do [ -z "$p" ] || printf '%s\\0' "$p"; p=$n; done; [ -z "$p" ] || printf '%s\\0' "$p"; }`;
  const unpack = 'tar -xvf - --no-same-owner --no-same-permissions --quoting-style=literal';
  const receive = `mkdir -p ${folder} && cd ${folder} && ${unpack} | ${whole} | ${HASH_COMMAND}`;
  await runSsh(remote.target, `bash -o pipefail -c ${shellWord(receive)}`, {
    input: Readable.from(archiveOf(root, files, signal)),
    onOutput: new HashReader(onHash).read,
    signal,
  });
}

/** The bytes of a tar archive. */
async function* archiveOf(
  root: string,
  files: readonly FileEntry[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const archive = pack();
  // When the line breaks, both say what the command's own end says better.
  archive.on('error', () => undefined);
  const fill = async () => {
    const ahead: Promise<Buffer>[] = [];
    let next = 0;
    for (const { path, size, mtime } of files) {
      signal?.throwIfAborted();
      while (next < files.length && ahead.length < READ_AHEAD) {
        const content = readFile(join(root, files[next++]!.path));
        content.catch(() => undefined);
        ahead.push(content);
      }
      const content = await ahead.shift()!.catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      });
      if (content?.length !== size) {
        throw new TransferError(
          `${path} changed while it was sent: wait until nothing writes there, then run again`,
          {
            code: 'changed',
            paths: [path],
          },
        );
      }
      await new Promise<void>((resolve, reject) => {
        const entry = archive.entry(
          { name: path, size, mtime: new Date(mtime * 1000), mode: 0o644 },
          (error) => (error ? reject(error) : resolve()),
        );
        entry.on('error', () => undefined);
        entry.end(content);
      });
    }
    archive.finalize();
  };
  const filled = fill();
  filled.catch((error: unknown) => archive.destroy(error as Error));
  yield* archive as unknown as AsyncIterable<Buffer>;
  await filled;
}
