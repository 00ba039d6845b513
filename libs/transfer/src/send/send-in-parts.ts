import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { INCOMING_FOLDER } from '../list-folder.ts';
import type { FileEntry } from '../manifest.ts';
import type { RemoteFolder } from '../remote/list-remote.ts';
import { runSsh } from '../ssh/run-ssh.ts';
import { shellWord } from '../ssh/ssh-target.ts';

/**
 * Sends one large file where rsync is missing: what lies on the far side of a transfer that was cut is kept and gone on with.
 * It gets its name when it is whole and its hash is right; a part with the wrong hash is thrown away.
 *
 * @returns its SHA-256 over there
 */
export async function sendInParts(
  root: string,
  remote: RemoteFolder,
  file: FileEntry,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  // Named by its content: never gone on with by another one.
  const part = `${INCOMING_FOLDER}/${file.sha256}`;
  const at = `cd ${shellWord(remote.root)}`;
  const { output } = await runSsh(
    remote.target,
    `mkdir -p ${shellWord(`${remote.root}/${INCOMING_FOLDER}`)} && ${at} && touch ${part} && stat -c %s ${part}`,
    { signal },
  );
  const there = Number(output.toString());
  const start = there > file.size ? 0 : there;
  onBytes(start);
  if (start < file.size || there > file.size) {
    const input = createReadStream(join(root, file.path), {
      start,
      end: file.size - 1,
      highWaterMark: 2 ** 18,
    });
    input.on('data', (chunk) => onBytes(chunk.length));
    await runSsh(remote.target, `${at} && cat ${start === 0 ? '>' : '>>'} ${part}`, { input, signal });
  }
  const target = shellWord(file.path);
  const place = [
    at,
    `h=$(sha256sum ${part})`,
    `h=\${h%% *}`,
    `if [ "$h" = ${file.sha256} ]; then mkdir -p "$(dirname -- ${target})" && touch -d @${file.mtime} ${part} && mv -f ${part} ${target}; else rm -f ${part}; fi`,
    `echo "$h"`,
  ].join(' && ');
  return (await runSsh(remote.target, place, { signal })).output.toString().trim();
}
