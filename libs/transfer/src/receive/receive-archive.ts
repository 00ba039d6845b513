import type { FileEntry } from '../manifest.ts';
import type { RemoteFolder } from '../remote/list-remote.ts';
import { runSsh } from '../ssh/run-ssh.ts';
import { shellWord } from '../ssh/ssh-target.ts';
import { unpackArchive } from './unpack-archive.ts';

/**
 * Fetches files as one archive. A file whose SHA-256 is right is written to `folder` under its hash; others are passed over.
 *
 * @throws TransferError `not-verified` when it sends far more than it was asked for, or no archive; see runSsh
 */
export async function receiveArchive(
  remote: RemoteFolder,
  files: readonly FileEntry[],
  folder: string,
  onFile: (file: FileEntry) => void,
  signal?: AbortSignal,
): Promise<void> {
  const archive = unpackArchive({ files, folder, onFile, host: remote.target.host });
  try {
    await runSsh(
      remote.target,
      `cd ${shellWord(remote.root)} && tar --create --file=- --null --no-recursion --format=pax --files-from=-`,
      {
        input: files.map(({ path }) => `${path}\0`).join(''),
        onOutput: (chunk, pause) => {
          const until = archive.write(chunk);
          if (until !== undefined) pause(until);
        },
        // 1 and 2: some file changed or is gone, which the next look finds.
        accepts: (code) => code <= 2,
        signal,
      },
    );
    await archive.end();
  } finally {
    archive.destroy();
  }
}
