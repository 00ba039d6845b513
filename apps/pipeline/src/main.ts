import { loadEnvFile } from '@arae/progress';
import { buildCli } from './cli/build-cli.ts';
import { describeError, exitCodeOf, InterruptedError } from './errors.ts';
import { EXIT } from './exit-codes.ts';

const args = process.argv.slice(2);
const stop = new AbortController();
const abort = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (abort.signal.aborted) process.exit(EXIT.interrupted);
    if (stop.signal.aborted) {
      abort.abort(new InterruptedError());
      return;
    }
    console.error('\nstopping: what is under way is finished (requests are paid for); once more to drop it');
    stop.abort(new InterruptedError());
  });
}

try {
  // Keys may lie in .env; what the environment holds already wins.
  loadEnvFile('.env', process.env);
  const cli = buildCli({
    env: process.env,
    stop: stop.signal,
    abort: abort.signal,
    print: (text) => process.stdout.write(`${text}\n`),
  });
  process.exitCode = await cli.run(args);
} catch (error) {
  console.error(
    args.includes('--verbose') ? (error as Error).stack : `arae-pipeline: ${describeError(error)}`,
  );
  process.exitCode = exitCodeOf(error);
}
