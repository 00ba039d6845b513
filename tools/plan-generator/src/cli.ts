import { availableParallelism } from 'node:os';
import { writeFileAtomic } from '@arae/progress';
import yargs from 'yargs';
import { contactSheet } from './output/contact-sheet.ts';
import { writePlans, type WritePlansProgress } from './output/write-plans.ts';

export interface CliStreams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Sheets on a contact sheet. */
const CONTACT_SHEETS = 12;

class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs the command and returns its exit code. The summary goes to `out` as one line of JSON, the rest to `err`. */
export async function runCli(
  args: readonly string[],
  streams: CliStreams,
  signal?: AbortSignal,
): Promise<number> {
  try {
    const parsed = await parse(args, streams);
    if (!parsed) return EXIT.done;
    const { contactSheetFile, ...params } = parsed;
    const summary = await writePlans({ ...params, signal, onProgress: tenths(streams) });
    if (contactSheetFile !== undefined) {
      const { seed, count } = params;
      await writeFileAtomic(
        contactSheetFile,
        await contactSheet({ seed, count: Math.min(count, CONTACT_SHEETS) }),
      );
    }
    streams.out(JSON.stringify(summary));
    return EXIT.done;
  } catch (error) {
    if (signal?.aborted) {
      streams.err('arae-plan-generator: interrupted');
      return EXIT.interrupted;
    }
    streams.err(`arae-plan-generator: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

/** Undefined when only the help was asked for. */
async function parse(args: readonly string[], { out }: CliStreams) {
  const parser = yargs([...args])
    .scriptName('arae-plan-generator')
    .usage('$0 --count N --seed S --out DIR [--no-drawings] [--contact-sheet FILE]')
    .option('count', { type: 'string', demandOption: true, describe: 'how many plans' })
    .option('seed', { type: 'string', default: '42', describe: 'any 32-bit whole number' })
    .option('out', { type: 'string', demandOption: true, describe: 'folder to write into' })
    .option('drawings', { type: 'boolean', default: true, describe: 'write the drawings too' })
    .option('workers', {
      type: 'string',
      describe: 'threads (default: as many as cores); no effect on the files',
    })
    .option('contact-sheet', {
      type: 'string',
      describe: `PNG to write with the first ${CONTACT_SHEETS} sheets and their truth`,
    })
    .locale('en')
    .version(false)
    .strict()
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw new UsageError(message ?? error?.message ?? 'bad arguments');
    });
  let help = '';
  const argv = await parser.parseAsync(
    [...args],
    {},
    (_error: Error | undefined, _argv: unknown, output: string) => {
      help = output;
    },
  );
  if (help !== '') {
    out(help);
    return undefined;
  }
  return {
    count: wholeNumber('count', argv.count, 1, 1_000_000),
    seed: wholeNumber('seed', argv.seed, -(2 ** 31), 2 ** 31 - 1),
    outDir: onePath('out', argv.out),
    drawings: argv.drawings,
    workers:
      argv.workers === undefined ? availableParallelism() : wholeNumber('workers', argv.workers, 1, 256),
    contactSheetFile:
      argv['contact-sheet'] === undefined ? undefined : onePath('contact-sheet', argv['contact-sheet']),
  };
}

/** A flag that is given twice arrives as a list. */
function onePath(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(`--${name} must be one path, not ${JSON.stringify(value)}`);
}

function wholeNumber(name: string, text: unknown, from: number, to: number): number {
  const value = typeof text === 'string' && /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (value >= from && value <= to) return value;
  throw new UsageError(
    `--${name} must be one whole number from ${from} to ${to}, not ${JSON.stringify(text)}`,
  );
}

/** Says how far it is after every tenth of the work. */
function tenths({ err }: CliStreams): (progress: WritePlansProgress) => void {
  let said = 0;
  return ({ done, total }) => {
    const tenth = Math.floor((10 * done) / total);
    if (tenth === said) return;
    said = tenth;
    err(`${done} of ${total} plans`);
  };
}
