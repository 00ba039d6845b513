import yargs from 'yargs';
import { UsageError } from './errors.ts';

export interface ReviewArguments {
  readonly data: string;
  readonly images: string | null;
  readonly teachers: readonly string[] | null;
  /** How many drawings; null: all. */
  readonly items: number | null;
  readonly seed: number;
  /** Share of the drawings that come twice. */
  readonly repeatShare: number;
  /** Null: the usual one, or a free one where that is taken. */
  readonly port: number | null;
  /** Who reviews; null: the page asks. */
  readonly reviewer: string | null;
}

/**
 * @returns the help text when only that was asked for
 * @throws UsageError
 */
export async function parseArguments(args: readonly string[]): Promise<ReviewArguments | string> {
  const text = { type: 'string', requiresArg: true } as const;
  const parser = yargs([...args])
    .scriptName('arae-review')
    .usage(
      '$0 --data DIR --images DIR\n\nA page on this machine where people compare two labels of each drawing, blindly.',
    )
    .option('data', { ...text, default: 'training_data', describe: 'the data folder' })
    .option('images', {
      ...text,
      describe: 'folder of the drawings; without it their graphs are shown alone',
    })
    .option('teachers', {
      ...text,
      describe: 'the two whose labels are compared: A,B (default: the two that have labels)',
    })
    .option('items', { ...text, describe: 'how many drawings, drawn by the seed (default: 100; all: 0)' })
    .option('seed', { ...text, default: '42', describe: 'of the drawings, their order and their sides' })
    .option('repeat', { ...text, default: '0.1', describe: 'share of the drawings that come twice' })
    .option('reviewer', { ...text, describe: 'who reviews (default: the page asks)' })
    .option('port', { ...text, describe: 'port on 127.0.0.1 (default: 47470 or a free one; 0: a free one)' })
    .locale('en')
    .version(false)
    .strict()
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw new UsageError(message ?? error?.message ?? 'bad arguments');
    });
  let help = '';
  const argv = await parser.parseAsync([...args], {}, (_error: unknown, _argv: unknown, output: string) => {
    help = output;
  });
  if (help !== '') return help;
  const items = numberOf('items', argv.items ?? '100', 0, 1_000_000);
  return {
    data: once('data', argv.data),
    images: argv.images === undefined ? null : once('images', argv.images),
    teachers: argv.teachers === undefined ? null : once('teachers', argv.teachers).split(','),
    items: items === 0 ? null : items,
    seed: numberOf('seed', argv.seed, -(2 ** 31), 2 ** 31 - 1),
    repeatShare: numberOf('repeat', argv.repeat, 0, 1, false),
    port: argv.port === undefined ? null : numberOf('port', argv.port, 0, 65_535),
    reviewer: argv.reviewer === undefined ? null : reviewerOf(once('reviewer', argv.reviewer)),
  };
}

function reviewerOf(name: string): string {
  const reviewer = name.trim().normalize('NFC');
  if (reviewer !== '' && reviewer.length <= 100) return reviewer;
  throw new UsageError(`--reviewer must be a name of up to 100 letters, not ${JSON.stringify(name)}`);
}

/** A flag that is given twice arrives as a list. */
function once(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(`--${name} must be given once, not as ${JSON.stringify(value)}`);
}

function numberOf(name: string, value: unknown, from: number, to: number, isWhole = true): number {
  const number = Number(once(name, value));
  if (number >= from && number <= to && (!isWhole || Number.isInteger(number))) return number;
  const kind = isWhole ? 'a whole number' : 'a number';
  throw new UsageError(`--${name} must be ${kind} from ${from} to ${to}, not ${JSON.stringify(value)}`);
}
