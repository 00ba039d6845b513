import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TransferError } from '../transfer-error.ts';
import { sshOptions, type SshTarget } from './ssh-target.ts';

export interface RunSshOptions {
  /** What the command reads; default: nothing. */
  readonly input?: Readable | string | Uint8Array;
  /** Output of another program of this machine that ssh reads by itself, instead of `input`; this process lets go of it. */
  readonly inputFrom?: Readable;
  /**
   * Gets the command's output piece by piece, which is then not in the result. What it throws ends the command and is thrown.
   * @param pause takes a promise before whose end no more output comes; its rejection ends the command, too
   */
  readonly onOutput?: (chunk: Buffer, pause: (until: Promise<unknown>) => void) => void;
  /** Gets what the command says on standard error, which is kept for the error too. */
  readonly onError?: (chunk: Buffer) => void;
  /** More arguments of `ssh`, before the host: a tunnel for instance. */
  readonly options?: readonly string[];
  /** Exit codes that are no error; default 0 alone. */
  readonly accepts?: (exitCode: number) => boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface SshResult {
  readonly exitCode: number;
  readonly output: Buffer;
}

/** Output that is kept for the result, in bytes: a list of a million files. */
const MAX_OUTPUT_BYTES = 256 * 2 ** 20;
/** Characters of the far side's words that an error shows at most. */
const SHOWN = 300;

/**
 * Runs a shell command on the far side through the system's `ssh`. The command line is seen by everybody there: secrets go
 * through the input.
 *
 * @throws TransferError `unreachable` or `cut` when there is no connection (any more), `refused` for a wrong key,
 *   `missing-tool` without `ssh`, `command-failed` for another exit code, `not-verified` for output without end; the signal's
 *   reason when aborted
 */
export async function runSsh(
  target: SshTarget,
  command: string,
  options: RunSshOptions = {},
): Promise<SshResult> {
  const { input, onOutput, onError, accepts = (code) => code === 0, signal } = options;
  signal?.throwIfAborted();
  const child = spawn(
    'ssh',
    [...sshOptions(target), ...(options.options ?? []), '--', `${target.username}@${target.host}`, command],
    { stdio: [options.inputFrom ?? 'pipe', 'pipe', 'pipe'] },
  ) as ChildProcessByStdio<Writable | null, Readable, Readable>;
  options.inputFrom?.destroy();
  const output: Buffer[] = [];
  let said = '';
  const stop = () => child.kill();
  signal?.addEventListener('abort', stop, { once: true });
  // Also after the pipeline has let go of it.
  child.stdin?.on('error', () => undefined);
  let fault: Error | undefined;
  const fail = (error: unknown) => {
    fault ??= error as Error;
    stop();
  };
  const pause = (until: Promise<unknown>) => {
    child.stdout.pause();
    void until.catch(fail).then(() => child.stdout.resume());
  };
  let kept = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    if (fault !== undefined) return;
    try {
      if (onOutput !== undefined) onOutput(chunk, pause);
      else if ((kept += chunk.length) <= MAX_OUTPUT_BYTES) output.push(chunk);
      else throw tooMuch(`${target.host}:${target.port}`);
    } catch (error) {
      fail(error);
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
    onError?.(chunk);
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new TransferError('the program ssh is missing: install OpenSSH', { code: 'missing-tool' })
          : error,
      ),
    );
    child.on('close', (code, killedBy) => resolve(code ?? (killedBy === null ? 1 : CUT)));
  });
  try {
    // A broken pipe here is told better by the exit code; a fault of the input itself ends the command.
    const fed = feed(child.stdin, input).catch((error: unknown) => {
      child.stdin?.destroy();
      if (!isPipeFault(error)) {
        stop();
        throw error;
      }
    });
    fed.catch(() => undefined);
    const exitCode = await ended;
    signal?.throwIfAborted();
    if (fault !== undefined) throw fault;
    // An input that waits for more, a tunnel's for instance, does not outlive the command.
    if (isStream(input)) input.destroy();
    await fed;
    if (exitCode === 255 || exitCode === CUT) throw lost(target, said);
    if (!accepts(exitCode)) {
      throw new TransferError(`the far side ended with ${exitCode}${shown(said)}: look into what it says`, {
        code: 'command-failed',
        exitCode,
      });
    }
    return { exitCode, output: Buffer.concat(output) };
  } finally {
    signal?.removeEventListener('abort', stop);
    child.kill();
  }
}

/** The far side sends more than what was asked for can be. */
export function tooMuch(what: string): TransferError {
  return new TransferError(
    `${what} sends more than it was asked for: look at what runs on that machine before you trust it again`,
    { code: 'not-verified' },
  );
}

/** In place of an exit code: ssh itself was killed. */
const CUT = -1;

async function feed(stdin: Writable | null, input: RunSshOptions['input']): Promise<void> {
  if (stdin === null) return;
  if (isStream(input)) {
    input.on('error', () => undefined);
    await pipeline(input, stdin);
  } else stdin.end(input ?? '');
}

const isStream = (input: RunSshOptions['input']): input is Readable =>
  typeof input === 'object' && !(input instanceof Uint8Array);

function isPipeFault(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (
    code === 'EPIPE' ||
    code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    code === 'ECONNRESET' ||
    code === 'ERR_STREAM_DESTROYED'
  );
}

function lost(target: SshTarget, said: string): TransferError {
  const address = `${target.host}:${target.port}`;
  if (/Permission denied|Host key verification failed|REMOTE HOST IDENTIFICATION/i.test(said)) {
    return new TransferError(
      `${address} refuses the connection${shown(said)}: check the SSH key; if the machine was made anew, delete ${target.knownHostsFile}`,
      { code: 'refused' },
    );
  }
  return new TransferError(`the connection to ${address} is gone${shown(said)}: run again`, {
    code: 'unreachable',
  });
}

function shown(said: string): string {
  const line = said.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line === '' ? '' : ` (${line.slice(-SHOWN)})`;
}
