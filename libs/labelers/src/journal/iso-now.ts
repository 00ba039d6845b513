import type { Clock } from '@arae/progress';

/** The time of a record. */
export function isoNow(clock: Pick<Clock, 'now'>): string {
  return new Date(clock.now()).toISOString();
}
