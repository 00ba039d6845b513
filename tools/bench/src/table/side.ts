import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What one run took and found. */
export interface Run {
  readonly seconds: number;
  /** A figure of the result that both sides must agree on; null where they make different things. */
  readonly found: number | null;
}

/** One of the two programs of a comparison, in a process of its own that works when told to, so that it can take turns. */
export interface Side {
  run(): Promise<Run>;
  /** Ends it. Gives the largest resident size of the process, in MiB. */
  end(): Promise<number>;
  kill(): void;
}

/**
 * Starts a program that prints `ready`, then for each line of its input a line `SECONDS FOUND` (`-`: nothing to compare), and
 * `peak KIBIBYTES` when its input ends.
 */
export async function startSide(command: string, args: readonly string[]): Promise<Side> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told = (told + chunk.toString()).slice(-2000)));
  const failure = new Promise<string>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', () =>
      resolve(/^\w*Error: .*$/m.exec(told)?.[0] ?? told.trim().split('\n').at(-1) ?? ''),
    );
  });
  // A process that is gone says so through its output.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`a side ended early: ${await failure}`);
    return line.value;
  };
  await next();
  return {
    run: async () => {
      child.stdin.write('\n');
      const [seconds, found] = (await next()).split(' ');
      return { seconds: Number(seconds), found: found === '-' ? null : Number(found) };
    },
    end: async () => {
      child.stdin.end();
      return Number((await next()).split(' ')[1]) / 1024;
    },
    kill: () => child.kill('SIGKILL'),
  };
}
