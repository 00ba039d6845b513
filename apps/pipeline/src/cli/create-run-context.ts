import { isAbsolute, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { createProgressDisplay, systemClock } from '@arae/progress';
import type { ProgressDisplay } from '@arae/progress';
import type { Settings } from '../config/merge-settings.ts';
import { loadConfig } from '../config/load-config.ts';
import { dataFolder } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import type { RunContext } from '../run-context.ts';
import type { PipelineConfig } from '../config/config-schema.ts';
import type { DataFolder } from '../data-folder.ts';
import type { PhaseFlags } from './flags.ts';
import { nxTaskOf } from './nx-task.ts';

export interface Process {
  env: Readonly<Record<string, string | undefined>>;
  stop: AbortSignal;
  abort: AbortSignal;
  display?: ProgressDisplay;
}

/** Checks flags and configuration and puts together what a phase needs. The data folder is not made here. */
export async function createRunContext(
  flags: PhaseFlags,
  { env, stop, abort, display }: Process,
): Promise<RunContext> {
  checkNumbers(flags);
  const task = nxTaskOf(env);
  if (task !== null) refuseWhatNxCannotSee(flags);
  const config = await loadConfig({ file: flags.config, env, flags: settingsOf(flags) });
  const folder = dataFolder(config.data);
  if (task !== null) refuseFolderOutside(config.data);
  return {
    config,
    folder,
    display: display ?? createProgressDisplay({ stream: process.stderr, clock: systemClock }),
    clock: systemClock,
    env,
    stop,
    abort,
    limit: flags.limit,
    retryFailed: flags.retryFailed,
    simulate: flags.simulate,
    pilot: flags.pilot,
    openBudget: budgetOpener(flags, config, folder, env),
    namedWinner: namedWinnerOf(flags),
    exportPreferences: flags.preferences ?? false,
    finetune: {
      resume: flags.resume ?? false,
      restart: flags.restart ?? false,
      preview: flags.preview,
    },
    confirm: process.stdin.isTTY && process.stderr.isTTY ? confirm : null,
  };
}

/** One budget for all teachers that run side by side; what was spent before is looked up when the first of them needs it. */
function budgetOpener(
  { simulate }: PhaseFlags,
  config: PipelineConfig,
  folder: DataFolder,
  env: Process['env'],
): RunContext['openBudget'] {
  const { maxCostUsd } = config.labeling;
  if (maxCostUsd === null) return null;
  let opened: ReturnType<NonNullable<RunContext['openBudget']>> | null = null;
  const open = async () => {
    const { openLabelBudget } = await import('../phases/open-label-budget.ts');
    return openLabelBudget(maxCostUsd, simulate, { config, folder, env });
  };
  return () => (opened ??= open());
}

/** A choice against the rule needs its reason: it stands in the report. */
function namedWinnerOf({ winner, reason }: PhaseFlags): RunContext['namedWinner'] {
  const name = winner?.trim();
  const why = reason?.trim();
  if (name === undefined && why === undefined) return null;
  if (name === undefined || name === '') {
    throw new UsageError('--reason says why a winner is named: add --winner NAME, or leave it out');
  }
  if (why === undefined || why === '') {
    throw new UsageError(`--winner ${name} overrides the rule: say why with --reason "…"`);
  }
  return { name, reason: why };
}

function checkNumbers(flags: PhaseFlags): void {
  const counts = {
    limit: flags.limit,
    pilot: flags.pilot,
    preview: flags.preview,
    'sample-size': flags.sampleSize,
  };
  for (const [name, value] of Object.entries(counts)) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
      throw new UsageError(`--${name} must be a whole number from 1, not ${value}`);
    }
  }
  const { mistakes, maxCost, verify, maxContradictions } = flags;
  if (maxContradictions !== undefined && !(Number.isInteger(maxContradictions) && maxContradictions >= 0)) {
    throw new UsageError(`--max-contradictions must be a whole number from 0, not ${maxContradictions}`);
  }
  if (maxCost !== undefined && !(maxCost > 0)) {
    throw new UsageError(`--max-cost must be an amount of USD above 0, not ${maxCost}`);
  }
  if (verify !== undefined && !(Number.isInteger(verify) && verify >= 0 && verify <= 5)) {
    throw new UsageError(`--verify must be a whole number from 0 to 5, not ${verify}`);
  }
  if (mistakes !== undefined && !(mistakes >= 0 && mistakes <= 1)) {
    throw new UsageError(`--mistakes must be a number from 0 to 1, not ${mistakes}`);
  }
  if (!flags.simulate && (mistakes !== undefined || flags.faults !== undefined)) {
    throw new UsageError('--mistakes and --faults are for the simulator: add --simulate, or leave them out');
  }
}

/** Nx knows the words of a flag but not the content of what it names: a cached result could be of other files. */
function refuseWhatNxCannotSee(flags: PhaseFlags): void {
  for (const [flag, variable] of [
    ['config', 'ARAE_PIPELINE_CONFIG'],
    ['images', 'ARAE_PIPELINE_IMAGES'],
    ['import', 'ARAE_PIPELINE_TOPOLOGY__IMPORT_DIR'],
    ['models', 'ARAE_PIPELINE_CV__MODELS'],
    ['modelDir', 'ARAE_PIPELINE_RAG__MODEL_DIR'],
    ['tokenizer', 'ARAE_PIPELINE_DATASET__TOKENIZER_DIR'],
  ] as const) {
    if (flags[flag] === undefined) continue;
    throw new UsageError(
      `--${flag === 'modelDir' ? 'model-dir' : flag} through Nx would hide the content from its cache: set ${variable} or pipeline.config.json instead, or use npx arae-pipeline`,
    );
  }
}

/** Nx restores outputs inside the workspace only. */
function refuseFolderOutside(data: string): void {
  const inside = relative(process.cwd(), resolve(data));
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) {
    throw new UsageError(
      `through Nx the data folder must lie inside the workspace, not at ${data}: use npx arae-pipeline for it`,
    );
  }
}

function settingsOf(flags: PhaseFlags): Settings {
  return {
    data: flags.data,
    images: flags.images,
    sampling: { sampleSize: flags.sampleSize, stratify: flags.stratify },
    topology: { importDir: flags.import },
    cv: {
      engine: flags.engine,
      models: flags.models,
      provider: flags.provider,
      rules: flags.rules,
      overlay: flags.overlay,
    },
    labeling: {
      mode: flags.mode,
      batchFallback: flags.batchFallback,
      maxCostUsd: flags.maxCost,
      verify: flags.verify,
      reconcile: flags.reconcile,
    },
    comparison: { weights: flags.weights },
    dataset: {
      tokenizerDir: flags.tokenizer,
      overLength: flags.overLength,
      split: flags.split,
      maxContradictions: flags.maxContradictions,
    },
    finetune: { baseModel: flags.baseModel, merge: flags.merge },
    evaluation: flags.evaluation,
    rag: {
      modelDir: flags.modelDir,
      engine: flags.modelDir === undefined ? undefined : ('qwen3' as const),
    },
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
