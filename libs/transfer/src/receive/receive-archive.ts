import { hash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import type { FileEntry } from '../manifest.ts';
import type { RemoteFolder } from '../remote/list-remote.ts';
import { runSsh } from '../ssh/run-ssh.ts';
import { shellWord } from '../ssh/ssh-target.ts';

/**
 * Fetches files as one archive. A file whose SHA-256 is right is written to `folder` under its hash; others are passed over.
 * What the far side sends without being asked is thrown away.
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
  const unpacked = (async () => {
    for await (const entry of archive) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      const file = asked.get(entry.header.name);
      const content = Buffer.concat(chunks);
      if (file === undefined || hash('sha256', content) !== file.sha256) continue;
      await writeFile(join(folder, file.sha256), content);
      onFile(file);
    }
  })();
  // A cut ends the archive in the middle; the command's own end says it better.
  unpacked.catch(() => undefined);
  try {
    await runSsh(
      remote.target,
      `cd ${shellWord(remote.root)} && tar --create --file=- --null --no-recursion --format=pax --files-from=-`,
      {
        input: files.map(({ path }) => `${path}\0`).join(''),
        onOutput: (chunk, pause) => {
          if (archive.write(chunk)) return;
          pause(once(archive, 'drain'));
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
