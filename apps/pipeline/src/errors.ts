import { CriteriaError, PromptPackError, TopologyGraphError } from '@arae/floorplan';
import { FolderLockedError, PhaseProgressError } from '@arae/progress';
import { EXIT } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';

/** Wrong usage, configuration or input: one line that says what, where and the mend. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The user stopped the run; what is done is kept. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor() {
    super('interrupted: everything finished so far is kept, start the same command again to go on');
  }
}

/** Errors of the libraries that mean: the user's input or configuration is wrong. Those of lazily loaded libraries go by name. */
const INPUT_ERRORS = [
  UsageError,
  CriteriaError,
  PromptPackError,
  TopologyGraphError,
  FolderLockedError,
  PhaseProgressError,
];
const INPUT_ERROR_NAMES = new Set([
  'SamplingError',
  'PriceBookError',
  'TeacherUnavailableError',
  'DetectionsError',
  'JsonlError',
  'FaultsError',
  'SimulatorError',
]);

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof InterruptedError) return EXIT.interrupted;
  if (INPUT_ERRORS.some((type) => error instanceof type)) return EXIT.usage;
  return error instanceof Error && INPUT_ERROR_NAMES.has(error.name) ? EXIT.usage : EXIT.failed;
}
