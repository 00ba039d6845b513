import { createInterface } from 'node:readline/promises';
import { createProgressDisplay, systemClock } from '@arae/progress';
import type { ProgressDisplay } from '@arae/progress';
import type { Settings } from '../config/merge-settings.ts';
import { loadConfig } from '../config/load-config.ts';
import { dataFolder } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import type { RunContext } from '../run-context.ts';
import type { PhaseFlags } from './flags.ts';

export interface Process {
  env: Readonly<Record<string, string | undefined>>;
  stop: AbortSignal;
  abort: AbortSignal;
  display?: ProgressDisplay;
}

/** Checks flags and configuration and puts together what a phase needs. The data folder is not made here. */
export async function createRunContext(flags: PhaseFlags, { env, stop, abort, display }: Process): Promise<RunContext> {
  for (const name of ['limit', 'pilot'] as const) {
    const value = flags[name];
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
      throw new UsageError(`--${name} must be a whole number from 1, not ${value}`);
    }
  }
  const config = await loadConfig({ file: flags.config, env, flags: settingsOf(flags) });
  return {
    config,
    folder: dataFolder(config.data),
    display: display ?? createProgressDisplay({ stream: process.stderr, clock: systemClock }),
    clock: systemClock,
    env,
    stop,
    abort,
    limit: flags.limit,
    retryFailed: flags.retryFailed,
    simulate: flags.simulate,
    pilot: flags.pilot,
    confirm: process.stdin.isTTY && process.stderr.isTTY ? confirm : null,
  };
}


function settingsOf(flags: PhaseFlags): Settings {
  return {
    data: flags.data,
    images: flags.images,
    sampling: { sampleSize: flags.sampleSize },
    topology: { importDir: flags.import },
    simulator: { mistakes: flags.mistakes, faultsPath: flags.faults },
  };
}

async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(?:y|yes|ㅇ|예|네)$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
