import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { InterruptedError, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { FinetuneCommand } from './find-finetune-command.ts';

const ERROR_LINE = 'arae-finetune: ';

/** The training was stopped by one of its checks, or broke. */
export class FinetuneError extends Error {
  override readonly name = 'FinetuneError';
  /** Null when a signal ended it. */
  readonly exitCode: number | null;

  constructor(message: string, exitCode: number | null) {
    super(message);
    this.exitCode = exitCode;
  }
}

export interface FinetuneProcessOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted: the step is finished and a checkpoint written. */
  stop: AbortSignal;
  /** Aborted: it ends at once. */
  abort: AbortSignal;
  /** Gets every line that it says, but the one of an error. */
  say: (line: string) => void;
}

/**
 * Runs `arae-finetune` to its end.
 *
 * @returns its standard output
 * @throws UsageError, FinetuneError or InterruptedError for its exit codes 2, 1 and 130, with its own line
 */
export async function runFinetuneProcess(
  command: FinetuneCommand,
  args: readonly string[],
  { env, stop, abort, say }: FinetuneProcessOptions,
): Promise<string> {
  if (stop.aborted) throw new InterruptedError();
  const child = spawn(command.program, [...command.args, ...args], {
    env: { ...env, ...command.env, PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that Ctrl-C in the terminal reaches it once, from here.
    detached: process.platform !== 'win32',
  });
  const interrupt = (): void => void child.kill('SIGINT');
  stop.addEventListener('abort', interrupt);
  abort.addEventListener('abort', interrupt);
  let errorLine: string | null = null;
  let lastLine = '';
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => {
    if (line.trim() !== '') lastLine = line.trim();
    if (line.startsWith(ERROR_LINE)) errorLine = line.slice(ERROR_LINE.length);
    else say(line);
  });
  try {
    const [output, { code, signal }] = await Promise.all([
      text(child.stdout),
      new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
        child.once('error', (error: NodeJS.ErrnoException) =>
          reject(
            new UsageError(
              `${command.program} cannot be started (${error.code}): install Python 3.11 or later with python/arae_finetune/requirements.txt and name it in PYTHON, or set finetune.command`,
            ),
          ),
        );
        child.once('close', (code, signal) => resolve({ code, signal }));
      }),
    ]);
    if (code === EXIT.done) return output;
    if (code === EXIT.interrupted) throw new InterruptedError();
    const told: string = errorLine ?? lastLine;
    if (code === EXIT.usage) throw new UsageError(told);
    if (errorLine !== null) throw new FinetuneError(errorLine, code);
    throw new FinetuneError(
      `arae-finetune ended by ${signal ?? `exit code ${code}`}${told === '' ? '' : ` (${told})`}: phase6 --resume goes on from the last checkpoint`,
      code,
    );
  } finally {
    stop.removeEventListener('abort', interrupt);
    abort.removeEventListener('abort', interrupt);
  }
}
