import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';

/**
 * A phase ends well while the share of failed items is small, so that one broken drawing does not stop a night; but never unseen.
 */
export function failureGate(
  failed: number,
  asked: number,
  maxFailedShare: number,
): { exitCode: ExitCode; warning: string | null } {
  if (failed === 0) return { exitCode: EXIT.done, warning: null };
  const share = failed / asked;
  const told = `${failed} of ${asked} items failed (${(share * 100).toFixed(1)} %)`;
  return share > maxFailedShare
    ? {
        exitCode: EXIT.failed,
        warning: `${told}, more than maxFailedShare ${maxFailedShare} allows: see the progress file, mend, run again with --retry-failed`,
      }
    : { exitCode: EXIT.done, warning: `${told}: see the progress file` };
}
