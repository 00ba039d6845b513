import { spawn } from 'node:child_process';
import { sshOptions, type SshTarget } from '../ssh/ssh-target.ts';
import { TransferError } from '../transfer-error.ts';

/** Exit codes of rsync that mean: the connection is gone. */
const CUT_CODES = new Set([10, 12, 20, 30, 35, 255]);

export interface RsyncOptions {
  /** Paths below both folders. */
  readonly paths: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Gets the bytes transferred so far. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A far folder in rsync's words. */
export const rsyncPlace = (target: SshTarget, root: string) => `${target.username}@${target.host}:${root}/`;

/**
 * Copies files by rsync over SSH, sending only the blocks that differ, also of a file that was cut off.
 *
 * @throws TransferError `cut`, `missing-tool`, `command-failed`; the signal's reason when aborted
 */
export async function runRsync(target: SshTarget, options: RsyncOptions): Promise<void> {
  const { paths, from, to, onBytes, signal } = options;
  signal?.throwIfAborted();
  const shell = ['ssh', ...sshOptions(target)].map(rsyncWord).join(' ');
  const child = spawn(
    'rsync',
    [
      ...['--times', '--inplace', '--partial', '--protect-args', '--from0', '--files-from=-'],
      ...['--no-motd', '--outbuf=L', '--info=progress2', '-e', shell, '--', from, to],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const stop = () => child.kill();
  signal?.addEventListener('abort', stop, { once: true });
  let said = '';
  child.stdin.on('error', () => undefined);
  child.stdin.end(paths.map((path) => `${path}\0`).join(''));
  child.stdout.on('data', (chunk: Buffer) => {
    const bytes = [...chunk.toString().matchAll(/^\s*([\d,.]+)\s+\d+%/gm)].at(-1)?.[1];
    if (bytes !== undefined) onBytes?.(Number(bytes.replaceAll(/[,.]/g, '')));
  });
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ENOENT'
            ? new TransferError('the program rsync is missing: install it', { code: 'missing-tool' })
            : error,
        ),
      );
      child.on('close', (exit) => resolve(exit ?? 20));
    });
    signal?.throwIfAborted();
    if (code === 0) return;
    const line = said
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, 300);
    throw CUT_CODES.has(code)
      ? new TransferError(`the connection broke during rsync (${line}): run again`, { code: 'cut' })
      : new TransferError(`rsync ended with ${code} (${line}): look into what it says`, {
          code: 'command-failed',
          exitCode: code,
        });
  } finally {
    signal?.removeEventListener('abort', stop);
    child.kill();
  }
}

/** rsync takes the remote shell apart at blanks, and knows quotes, which are doubled inside. */
const rsyncWord = (word: string) => (/[\s"']/.test(word) ? `'${word.replaceAll("'", "''")}'` : word);

let available: Promise<boolean> | undefined;

/** True where this machine has rsync. */
export function hasLocalRsync(): Promise<boolean> {
  available ??= new Promise((resolve) => {
    const child = spawn('rsync', ['--version'], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
  return available;
}
