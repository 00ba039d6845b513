import { readFileSync } from 'node:fs';

/** What the cores of the machine did since it was started, in seconds of one core. */
export interface MachineTime {
  /** For any process, and what the host kept for others. */
  readonly busy: number;
  readonly total: number;
}

const TICKS_PER_SECOND = 100;
const IDLE = [3, 4];
/** user, nice, system, idle, iowait, irq, softirq, steal; guests, which follow, are in user already. */
const FIELDS = 8;

/** Reads `/proc/stat`; null where there is none, or where it tells nothing (some sandboxes). */
export function readMachineTime(): MachineTime | null {
  try {
    return machineTimeOf(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return null;
  }
}

export function machineTimeOf(stat: string): MachineTime | null {
  const line = /^cpu +(.*)$/m.exec(stat)?.[1];
  const seconds = (line ?? '')
    .split(' ')
    .slice(0, FIELDS)
    .map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  const total = seconds.reduce((sum, value) => sum + value, 0);
  const idle = IDLE.reduce((sum, field) => sum + (seconds[field] ?? 0), 0);
  return total > 0 ? { busy: total - idle, total } : null;
}

/**
 * The share of the machine, 0 to 1, that went to others than this process; null where it is not known.
 *
 * @param ownSeconds processor time of this process in between
 */
export function shareOfOthers(
  before: MachineTime | null,
  after: MachineTime | null,
  ownSeconds: number,
): number | null {
  if (before === null || after === null || after.total <= before.total) return null;
  return Math.max(0, after.busy - before.busy - ownSeconds) / (after.total - before.total);
}
