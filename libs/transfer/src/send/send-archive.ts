import { execFile, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import type { FileEntry } from '../manifest.ts';
import { HASH_COMMAND, HashReader } from '../remote/hash-remote.ts';
import type { RemoteFolder } from '../remote/list-remote.ts';
import { runSsh } from '../ssh/run-ssh.ts';
import { archiveOf } from './archive-of.ts';
import { shellWord } from '../ssh/ssh-target.ts';

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
  const whole = `awk 'NR > 1 { print p } { p = $0 } END { if (NR > 0) print p }' | tr '\\n' '\\0'`;
  const unpack = 'tar -xvf - --no-same-owner --no-same-permissions --quoting-style=literal';
  const receive = `mkdir -p ${folder} && cd ${folder} && ${unpack} | ${whole} | ${HASH_COMMAND}`;
  const command = `bash -o pipefail -c ${shellWord(receive)}`;
  const onOutput = new HashReader(onHash).read;
  const tar = (await hasLocalTar()) ? startTar(root, files) : undefined;
  try {
    await runSsh(remote.target, command, {
      ...(tar === undefined
        ? { input: Readable.from(archiveOf(root, files, signal)) }
        : { inputFrom: tar.stdout }),
      onOutput,
      signal,
    });
  } finally {
    tar?.kill();
  }
}

/** The system's tar, whose bytes go past this process; what it could not read is missing over there. */
function startTar(root: string, files: readonly FileEntry[]) {
  const options = ['-C', root, '--null', '--no-recursion', '-T', '-', '-cf', '-'];
  const tar = spawn('tar', options, { stdio: ['pipe', 'pipe', 'ignore'] });
  tar.stdin.on('error', () => undefined);
  tar.on('error', () => undefined);
  tar.stdin.end(files.map(({ path }) => `./${path}\0`).join(''));
  return tar;
}

let tarIsThere: Promise<boolean> | undefined;

/** True where this machine has GNU tar, whose archives keep whole seconds, as this library's do. */
function hasLocalTar(): Promise<boolean> {
  tarIsThere ??= new Promise((resolve) => {
    execFile('tar', ['--version'], (error, stdout) => resolve(error === null && stdout.includes('GNU tar')));
  });
  return tarIsThere;
}
