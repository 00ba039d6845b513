import type { EvaluateOptions } from '../evaluation/run-evaluate.ts';
import type { PhaseFlags } from './flags.ts';

/** The flags of `evaluate` as yargs hands them over. */
export interface EvaluateFlags {
  data?: string | undefined;
  config?: string | undefined;
  limit?: number | undefined;
  simulate: boolean;
  mistakes?: number | undefined;
  faults?: string | undefined;
  baseUrl?: string | undefined;
  model?: string | undefined;
  baseModel?: string | undefined;
  baseReport?: string | undefined;
  apiKeyEnv?: string | undefined;
  structured?: 'on' | 'off' | 'both' | undefined;
  concurrency?: number | undefined;
  set?: 'val' | 'test' | undefined;
  report?: string | undefined;
  restart: boolean;
  json: boolean;
  verbose: boolean;
}

/** Sorts the flags into settings, which files and environment can set too, and what is said for this run only. */
export function sortEvaluateFlags(flags: EvaluateFlags): { run: PhaseFlags; options: EvaluateOptions } {
  const { data, config, limit, simulate, mistakes, faults, json, verbose } = flags;
  const { baseUrl: baseURL, model, baseModel, apiKeyEnv, structured, concurrency } = flags;
  const { set, report, baseReport, restart } = flags;
  return {
    run: {
      data,
      config,
      limit,
      simulate,
      mistakes,
      faults,
      json,
      verbose,
      retryFailed: false,
      evaluation: { baseURL, model, baseModel, apiKeyEnv, structured, concurrency },
    },
    options: { set, report, baseReport, restart },
  };
}
