import { readFileSync } from 'node:fs';

/** True when a process of this number runs on this machine; one that has ended and was not yet collected by its parent does not. */
export function isProcessAlive(pid: number): boolean {
  if (statFields(pid)?.[0] === 'Z') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When the process started, in the system's own unit; null where that cannot be known (only Linux tells it simply).
 * Together with the number it tells a process from a later one of the same number.
 */
export function processStartTime(pid: number): string | null {
  return statFields(pid)?.[19] ?? null;
}

/** Linux's own account of a process from the state on, its third field; null elsewhere and for one that is gone. */
function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks: count the fields behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
