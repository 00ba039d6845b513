import { jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';
import yargs from 'yargs';
import { faultsSchema } from '../faults/faults-schema.ts';
import type { Faults } from '../faults/faults-schema.ts';
import type { TeacherSimulatorOptions } from '../http/start-teacher-simulator.ts';

/**
 * The options on the command line; null when only help was asked for, which is then printed.
 *
 * @throws Error that names the argument or file and what is wrong with it
 */
export async function readArguments(argv: readonly string[]): Promise<TeacherSimulatorOptions | null> {
  const { help, port, seed, mistakes, faults, log } = await yargs([...argv])
    .scriptName('arae-teacher-simulator')
    .usage('$0 [options]\n\nThe simulated teachers (OpenAI, Gemini) on 127.0.0.1, until interrupted.')
    .option('port', { type: 'number', default: 0, describe: 'port; 0 takes a free one', requiresArg: true })
    .option('seed', { type: 'number', default: 1, describe: 'decides labels and faults', requiresArg: true })
    .option('mistakes', {
      type: 'number',
      default: 0.1,
      describe: 'probability that a label is wrong',
      requiresArg: true,
    })
    .option('faults', { type: 'string', describe: 'JSON file of faults', requiresArg: true })
    .option('log', { type: 'string', describe: 'JSONL file to append requests to', requiresArg: true })
    .version(false)
    .locale('en')
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseAsync();
  if (help === true) return null;

  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error('--port must be a whole number from 0 to 65535');
  }
  if (!Number.isInteger(seed) || Math.abs(seed) > 2 ** 31 - 1) {
    throw new Error('--seed must be a 32-bit whole number');
  }
  if (!(mistakes >= 0 && mistakes <= 1)) throw new Error('--mistakes must be a number from 0 to 1');
  return {
    port,
    seed,
    mistakes,
    ...(faults === undefined ? {} : { faults: await readFaults(faults) }),
    ...(log === undefined ? {} : { logFile: log }),
  };
}

async function readFaults(file: string): Promise<Faults> {
  let value: unknown;
  try {
    value = JSON.parse(await readTextFile(file)) as unknown;
  } catch (error) {
    throw new Error(`--faults ${file}: ${jsonFaultOf(error)}`, {
      cause: error,
    });
  }
  const parsed = faultsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`--faults ${file}: ${zodFaultOf(parsed.error)}`);
}
