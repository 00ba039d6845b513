import { randomFor } from '../seeded/random-for.ts';
import { FAULT_KINDS } from './faults-schema.ts';
import type { FaultKind, Faults } from './faults-schema.ts';

export interface FaultOccasion {
  seed: number;
  requestHash: string;
  /** How often this request has been seen, from 1. */
  attempt: number;
  /** Image name of the plan asked about. */
  item: string | null;
}

/** The fault a request meets; null when it is answered. The same occasion always meets the same fault. */
export function chooseFault(faults: Faults, occasion: FaultOccasion): FaultKind | 'failAlways' | null {
  const { seed, requestHash, attempt, item } = occasion;
  if (item !== null && faults.failAlways.some((part) => item.includes(part))) return 'failAlways';
  if (faults.maxFaultsPerRequest !== null && attempt > faults.maxFaultsPerRequest) return null;

  let left = randomFor(seed, 'fault', requestHash, attempt).fraction();
  for (const kind of FAULT_KINDS) {
    if (left < faults[kind]) return kind;
    left -= faults[kind];
  }
  return null;
}
