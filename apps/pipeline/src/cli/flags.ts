import type { Options } from 'yargs';

/** The flags that all phases know, so that Nx can hand one command line to a chain of phases. */
export const PHASE_FLAGS = {
  data: { type: 'string', describe: 'Data folder (default training_data)' },
  config: { type: 'string', describe: 'Configuration file' },
  images: { type: 'string', describe: 'Folder of the drawings' },
  import: { type: 'string', describe: 'Folder of ready graphs (phase 1)' },
  'sample-size': { type: 'number', describe: 'Drawings to sample (phase 0)' },
  stratify: { type: 'string', describe: 'auto, none, or a regular expression (phase 0)' },
  limit: { type: 'number', describe: 'Take only the first N drawings of the sample' },
  'retry-failed': { type: 'boolean', default: false, describe: 'Ask again what was given up earlier' },
  simulate: {
    type: 'boolean',
    default: false,
    describe: 'Phases 3: use the bundled teacher simulator, never spend',
  },
  mistakes: { type: 'number', describe: 'Simulator: share of labels with a mistake (0 to 1)' },
  faults: { type: 'string', describe: 'Simulator: file with faults to inject' },
  pilot: {
    type: 'number',
    describe: 'Phases 3: label N first, show the result and the projected cost, then ask',
  },
  json: { type: 'boolean', default: false, describe: 'Print the summary as JSON on standard output' },
  verbose: { type: 'boolean', default: false, describe: 'Show the stack of errors' },
} as const satisfies Record<string, Options>;

/** The flags as yargs hands them over. */
export interface PhaseFlags {
  data?: string | undefined;
  config?: string | undefined;
  images?: string | undefined;
  import?: string | undefined;
  sampleSize?: number | undefined;
  stratify?: string | undefined;
  limit?: number | undefined;
  retryFailed: boolean;
  simulate: boolean;
  mistakes?: number | undefined;
  faults?: string | undefined;
  pilot?: number | undefined;
  json: boolean;
  verbose: boolean;
}
