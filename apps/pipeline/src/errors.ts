import { dirname } from 'node:path';
import { CriteriaError, PromptPackError, TopologyGraphError } from '@arae/floorplan';
import { FileTooLargeError, FolderLockedError, OutsideLinkError, PhaseProgressError } from '@arae/progress';
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
  FileTooLargeError,
  FolderLockedError,
  OutsideLinkError,
  PhaseProgressError,
];
const INPUT_ERROR_NAMES = new Set([
  'SamplingError',
  'PriceBookError',
  'TeacherUnavailableError',
  'DetectionsError',
  'ModelsError',
  'ProviderError',
  'CorrectionRulesError',
  'JsonlError',
  'FaultsError',
  'SimulatorError',
]);

/** Codes of the system that mean: what the user named is not as it must be. */
const INPUT_CODES = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'ENOENT',
  'ELOOP',
  'ENAMETOOLONG',
]);

/** What to tell of an error: one line, with the mend where the system's own words lack it. */
export function describeError(error: unknown): string {
  const { message, code, path } = error as NodeJS.ErrnoException;
  // Control characters, too: what others say must not steer the terminal.
  const line = message.replaceAll(/[\s\p{Cc}]+/gu, ' ');
  if (code === 'ENOSPC')
    return `no space left on the disk${path === undefined ? '' : ` for ${path}`}: free some and start again, everything written so far is kept`;
  if (path === undefined || code === undefined) return line;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `no permission for ${path} (${code}): check its owner, or choose another --data`;
  if (code === 'ENOTDIR')
    return `${dirname(path)} is no folder, or lies below something that is none: mend that, or choose another --data`;
  return line;
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof InterruptedError) return EXIT.interrupted;
  if (INPUT_ERRORS.some((type) => error instanceof type)) return EXIT.usage;
  if (!(error instanceof Error)) return EXIT.failed;
  const { code } = error as NodeJS.ErrnoException;
  return INPUT_ERROR_NAMES.has(error.name) || (code !== undefined && INPUT_CODES.has(code))
    ? EXIT.usage
    : EXIT.failed;
}
