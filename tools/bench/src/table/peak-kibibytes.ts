import { readFileSync } from 'node:fs';

/**
 * Largest resident size of a process in KiB, NaN where it is gone. `/proc` is asked first: what the system counts for `maxRSS` begins with the size of the
 * process that started this one.
 */
export function peakKibibytesOf(pid: number | 'self'): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN);
  } catch {
    return pid === 'self' ? process.resourceUsage().maxRSS : NaN;
  }
}
