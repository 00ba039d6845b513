import { z } from 'zod';
import type { SimulatorClock } from '../clock.ts';
import { faultsSchema } from '../faults/faults-schema.ts';
import type { FaultsInput } from '../faults/faults-schema.ts';

export interface TeacherCoreOptions {
  /** Decides labels and faults; a 32-bit whole number. Default 1. */
  seed?: number;
  /** Probability (0–1) that a label holds a mistake. Default 0.1. */
  mistakes?: number;
  /** Default: none, and no latency. */
  faults?: FaultsInput;
  /** A file to which every logged request is appended as a line of JSON before it is answered. Default: none. */
  logFile?: string;
  /** Default: the system's time. */
  clock?: SimulatorClock;
}

const seedSchema = z.int32();
const mistakesSchema = z.number().min(0).max(1);

/** @throws RangeError that names the option and what is wrong with it */
export function checkOptions({ seed = 1, mistakes = 0.1, faults = {} }: TeacherCoreOptions) {
  return {
    seed: checked('seed', seedSchema, seed),
    mistakes: checked('mistakes', mistakesSchema, mistakes),
    faults: checked('faults', faultsSchema, faults),
  };
}

function checked<T>(name: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] as z.core.$ZodIssue;
  throw new RangeError(`${[name, ...path].join('.')}: ${message}`);
}
