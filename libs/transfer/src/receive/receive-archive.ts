import { hash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import type { FileEntry } from '../manifest.ts';
import type { RemoteFolder } from '../remote/list-remote.ts';
import { runSsh, tooMuch } from '../ssh/run-ssh.ts';
import { TransferError } from '../transfer-error.ts';
import { shellWord } from '../ssh/ssh-target.ts';

/** What an archive has beside the contents, in bytes: heads with long names, fillings, and the end. */
const PER_FILE_BYTES = 16 * 1024;
/** For files that have grown since they were listed. */
const PER_ARCHIVE_BYTES = 64 * 1024 ** 2;

/**
 * Fetches files as one archive. A file whose SHA-256 is right is written to `folder` under its hash; others are passed over.
 * What the far side sends without being asked, under another size, or a second time is thrown away.
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
  const asked = new Map(files.map((file) => [file.path, file]));
  const archive = extract();
  let left = files.reduce((sum, { size }) => sum + size + PER_FILE_BYTES, PER_ARCHIVE_BYTES);
  const unpacked = (async () => {
    for await (const entry of archive) {
      const { name, size, type } = entry.header;
      const file = asked.get(name);
      if (file === undefined || type !== 'file' || size !== file.size) {
        for await (const chunk of entry) void chunk;
        continue;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      const content = Buffer.concat(chunks);
      if (hash('sha256', content) !== file.sha256) continue;
      asked.delete(name);
      await writeFile(join(folder, file.sha256), content);
      onFile(file);
    }
  })();
  // A cut ends the archive in the middle; the command's own end says it better.
  let isBroken = false;
  unpacked.catch(() => (isBroken = true));
  const drained = () =>
    once(archive, 'drain').catch(() => {
      throw noArchive(remote.target.host);
    });
  try {
    await runSsh(
      remote.target,
      `cd ${shellWord(remote.root)} && tar --create --file=- --null --no-recursion --format=pax --files-from=-`,
      {
        input: files.map(({ path }) => `${path}\0`).join(''),
        onOutput: (chunk, pause) => {
          if ((left -= chunk.length) < 0) throw tooMuch(remote.target.host);
          if (isBroken) throw noArchive(remote.target.host);
          if (!archive.write(chunk)) pause(drained());
        },
        // 1 and 2: some file changed or is gone, which the next look finds.
        accepts: (code) => code <= 2,
        signal,
      },
    );
    archive.end(undefined);
    await unpacked;
  } finally {
    archive.destroy();
  }
}

function noArchive(host: string): TransferError {
  return new TransferError(
    `${host} sends something that is no archive: look at the tar of that machine, then run again`,
    { code: 'not-verified' },
  );
}
