/** Wrong usage, configuration or input: one line that says what, where and the mend. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Money or time is spent. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
}

/** Exit codes of the command line; that of the far run is handed on as it is. */
export const EXIT = { done: 0, failed: 1, usage: 2, budget: 3, interrupted: 130 } as const;

const USAGE_CODES = new Set([
  'bad-key',
  'no-balance',
  'bad-option',
  'forbidden',
  'conflict',
  'bad-path',
  'missing-tool',
  'bad-credentials',
  'no-volume',
  'LINK_OUTSIDE',
  'TOO_LARGE',
]);

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) return EXIT.failed;
  if (error instanceof BudgetError) return EXIT.budget;
  if (error.name === 'AbortError') return EXIT.interrupted;
  if (error instanceof UsageError || error.name === 'FolderLockedError') return EXIT.usage;
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'string' && USAGE_CODES.has(code) ? EXIT.usage : EXIT.failed;
}
