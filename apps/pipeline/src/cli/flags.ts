import type { Options } from 'yargs';
import type { Settings } from '../config/merge-settings.ts';

/** Flags that all phases know. */
const COMMON_FLAGS = {
  data: { type: 'string', describe: 'Data folder (default training_data)' },
  config: { type: 'string', describe: 'Configuration file' },
  images: { type: 'string', describe: 'Folder of the drawings' },
  limit: { type: 'number', describe: 'Take only the first N drawings of the sample' },
  'retry-failed': { type: 'boolean', default: false, describe: 'Try again what was given up earlier' },
  simulate: {
    type: 'boolean',
    default: false,
    describe: 'Phases 3: use the bundled teacher simulator, never spend',
  },
  json: { type: 'boolean', default: false, describe: 'Print the summary as JSON on standard output' },
  verbose: { type: 'boolean', default: false, describe: 'Show the stack of errors' },
} as const satisfies Record<string, Options>;

const SAMPLING_FLAGS = {
  'sample-size': { type: 'number', describe: 'Drawings to sample' },
  stratify: { type: 'string', describe: 'auto, none, or a regular expression whose groups make the stratum' },
} as const satisfies Record<string, Options>;

const IMPORT_FLAGS = {
  import: { type: 'string', describe: 'Folder of ready graphs' },
} as const satisfies Record<string, Options>;

const NETWORK_FLAGS = {
  engine: {
    choices: ['local', 'runpod-serverless'] as const,
    describe: "Where the networks run: here, or on ARAE's serverless worker (cv.runpod, RUNPOD_ENDPOINT_ID)",
  },
  models: {
    type: 'string',
    describe: 'Manifest of the networks, models.json (default: the bundled compact ones)',
  },
  provider: {
    choices: ['cpu', 'cuda', 'webgpu', 'dml', 'auto'] as const,
    describe: 'What runs the networks',
  },
  rules: {
    choices: ['service', 'fixed'] as const,
    describe: "Read detections as ARAE's service, or with its known mistakes mended",
  },
  overlay: { type: 'boolean', describe: 'Draw overlay.svg for every drawing' },
} as const satisfies Record<string, Options>;

const CONTEXT_FLAGS = {
  'model-dir': {
    type: 'string',
    describe: 'Folder of an exported Qwen3-Embedding (engine qwen3, no download)',
  },
} as const satisfies Record<string, Options>;

const LABEL_FLAGS = {
  mistakes: { type: 'number', describe: 'Simulator: share of labels with a mistake (0 to 1)' },
  faults: { type: 'string', describe: 'Simulator: file with faults to inject' },
  'max-cost': {
    type: 'number',
    describe: 'USD that all labels of the data folder may cost, earlier runs included; then exit 3',
  },
  mode: {
    choices: ['live', 'batch'] as const,
    describe: 'batch: by the batches of the providers, half the price, within a day',
  },
  'batch-fallback': {
    choices: ['live', 'none'] as const,
    describe: 'What becomes of the rest that batches did not bring',
  },
  verify: { type: 'number', describe: 'Send a label that its graph denies back up to N times (0 to 5)' },
  reconcile: { type: 'boolean', describe: 'Set the fields that the graph decides from the graph' },
  pilot: { type: 'number', describe: 'Label N first, show the result and the projected cost, then ask' },
} as const satisfies Record<string, Options>;

const COMPARE_FLAGS = {
  weights: {
    choices: ['plan', 'grounded'] as const,
    describe: 'What decides: the eight metrics, or grounding for half of it',
  },
  winner: { type: 'string', describe: 'Name the winner instead of the rule: a teacher, or mixed' },
  reason: { type: 'string', describe: 'Why that one; goes into the report' },
  preferences: { type: 'boolean', describe: 'Write preferences.jsonl: better and worse label of a drawing' },
} as const satisfies Record<string, Options>;

const DATASET_FLAGS = {
  tokenizer: {
    type: 'string',
    describe: 'Folder of a Qwen3 with its tokenizer.json, to count tokens (else they are estimated)',
  },
  'over-length': {
    choices: ['limit', 'drop', 'keep'] as const,
    describe: 'Rows that are too long: drop up to 0.5 % of all and stop above that (limit), drop, or keep',
  },
  split: {
    choices: ['group', 'random'] as const,
    describe: 'group: equal and nearly equal rows stay on one side',
  },
  'max-contradictions': {
    type: 'number',
    describe: 'Severe contradictions with its graph that a row may have (default 0)',
  },
} as const satisfies Record<string, Options>;

const FINETUNE_FLAGS = {
  'base-model': { type: 'string', describe: 'The model to train: a name on the hub or a folder' },
  resume: { type: 'boolean', describe: 'Go on from the last checkpoint, where there is one' },
  restart: { type: 'boolean', describe: 'Drop the checkpoints that are there and begin anew' },
  preview: {
    type: 'number',
    describe: 'Show N rows as they would be trained, with all checks; train nothing',
  },
  merge: { type: 'boolean', describe: 'Put the adapter into the base model at the end' },
} as const satisfies Record<string, Options>;

const EVALUATE_FLAGS = {
  'base-url': { type: 'string', describe: 'The OpenAI-compatible server, up to /v1' },
  model: { type: 'string', describe: 'The name under which the student is served' },
  'base-model': { type: 'string', describe: 'The untuned model on the same server, asked the same' },
  'base-report': { type: 'string', describe: 'Report of an earlier evaluation, of the untuned model' },
  'api-key-env': { type: 'string', describe: "Environment variable that holds the server's key" },
  structured: {
    choices: ['on', 'off', 'both'] as const,
    describe: 'Whether the server holds answers to the schema; both: every question twice (default)',
  },
  concurrency: { type: 'number', describe: 'Questions asked at the same time' },
  set: {
    choices: ['val', 'test'] as const,
    describe: 'The rows: test.jsonl where there is one, else val.jsonl, unless said here',
  },
  limit: { type: 'number', describe: 'Ask only the first N rows' },
  simulate: { type: 'boolean', default: false, describe: 'Ask the bundled simulator instead of a server' },
  report: { type: 'string', describe: 'Another place for the report (.json; the page lies beside it)' },
  restart: { type: 'boolean', default: false, describe: 'Ask everything anew; old answers are set aside' },
} as const satisfies Record<string, Options>;

/** The flags of all phases together: of `run`, and of every phase under Nx, which hands one command line to a whole chain. */
export const ALL_FLAGS = {
  ...COMMON_FLAGS,
  ...SAMPLING_FLAGS,
  ...IMPORT_FLAGS,
  ...NETWORK_FLAGS,
  ...CONTEXT_FLAGS,
  ...LABEL_FLAGS,
  ...COMPARE_FLAGS,
  ...DATASET_FLAGS,
  ...FINETUNE_FLAGS,
};

/** The flags of one phase (or of `evaluate`, `evaluate-cv`, `labels`). A flag that means nothing to a phase is refused rather than passed over. */
export function flagsOf(step: string): Record<string, Options> {
  if (step === '0') return { ...COMMON_FLAGS, ...SAMPLING_FLAGS, ...IMPORT_FLAGS };
  if (step === 'evaluate') {
    const { data, config, json, verbose } = COMMON_FLAGS;
    const { mistakes, faults } = LABEL_FLAGS;
    return { data, config, mistakes, faults, json, verbose, ...EVALUATE_FLAGS };
  }
  if (step === 'evaluate-cv') {
    const { data, config, images, limit, json, verbose } = COMMON_FLAGS;
    return { data, config, images, limit, json, verbose };
  }
  if (step === 'labels') {
    const { data, config, json, verbose } = COMMON_FLAGS;
    const { verify, reconcile } = LABEL_FLAGS;
    return { data, config, json, verbose, verify, reconcile };
  }
  if (step === '1') return { ...COMMON_FLAGS, ...IMPORT_FLAGS, ...NETWORK_FLAGS };
  if (step === '4') return { ...COMMON_FLAGS, ...COMPARE_FLAGS };
  if (step === '5') return { ...COMMON_FLAGS, ...DATASET_FLAGS };
  if (step === '6') {
    const { data, config, json, verbose } = COMMON_FLAGS;
    return { data, config, json, verbose, ...FINETUNE_FLAGS };
  }
  if (step === '2') return { ...COMMON_FLAGS, ...CONTEXT_FLAGS };
  return step.startsWith('3') ? { ...COMMON_FLAGS, ...LABEL_FLAGS } : COMMON_FLAGS;
}

/** The flags as yargs hands them over. */
export interface PhaseFlags {
  data?: string | undefined;
  config?: string | undefined;
  images?: string | undefined;
  import?: string | undefined;
  engine?: 'local' | 'runpod-serverless' | undefined;
  models?: string | undefined;
  modelDir?: string | undefined;
  provider?: string | undefined;
  rules?: string | undefined;
  overlay?: boolean | undefined;
  sampleSize?: number | undefined;
  stratify?: string | undefined;
  limit?: number | undefined;
  retryFailed: boolean;
  simulate: boolean;
  mistakes?: number | undefined;
  faults?: string | undefined;
  pilot?: number | undefined;
  maxCost?: number | undefined;
  mode?: 'live' | 'batch' | undefined;
  batchFallback?: 'live' | 'none' | undefined;
  verify?: number | undefined;
  reconcile?: boolean | undefined;
  weights?: 'plan' | 'grounded' | undefined;
  winner?: string | undefined;
  reason?: string | undefined;
  preferences?: boolean | undefined;
  tokenizer?: string | undefined;
  overLength?: 'limit' | 'drop' | 'keep' | undefined;
  split?: 'group' | 'random' | undefined;
  maxContradictions?: number | undefined;
  baseModel?: string | undefined;
  resume?: boolean | undefined;
  restart?: boolean | undefined;
  preview?: number | undefined;
  merge?: boolean | undefined;
  /** Settings of `evaluate`, whose flags share names with those of phase 6. */
  evaluation?: Settings | undefined;
  json: boolean;
  verbose: boolean;
}
