import { createInterface } from 'node:readline/promises';
import { loadEnvFile } from '@arae/progress';
import { buildCli } from './build-cli.ts';
import { exitCodeOf, EXIT } from './errors.ts';

const args = process.argv.slice(2);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    console.error('\nstopping here; what runs on the pod goes on, the same command follows it again');
    stop.abort();
  });
}

try {
  loadEnvFile('.env', process.env);
  process.exitCode = await buildCli({
    env: process.env,
    fetch,
    print: (text) => process.stdout.write(`${text}\n`),
    say: (line) => process.stderr.write(`${line}\n`),
    confirm: process.stdin.isTTY ? ask : null,
    signal: stop.signal,
  }).run(args);
} catch (error) {
  const { message, stack } = error as Error;
  console.error(
    args.includes('--verbose') ? stack : `arae-runpod: ${message.replaceAll(/[\s\p{Cc}]+/gu, ' ')}`,
  );
  process.exitCode = exitCodeOf(error);
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(?:y|yes|ㅇ|예|네)$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
