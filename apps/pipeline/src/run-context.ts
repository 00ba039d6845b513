import type { Budget } from '@arae/labelers';
import type { Clock, ProgressDisplay } from '@arae/progress';
import type { PipelineConfig } from './config/config-schema.ts';
import type { DataFolder } from './data-folder.ts';
import type { ExitCode } from './exit-codes.ts';

/** What every phase gets: settings, effects, and how it is stopped. */
export interface RunContext {
  config: PipelineConfig;
  folder: DataFolder;
  display: ProgressDisplay;
  clock: Clock;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted at the first Ctrl-C: start nothing more, finish what is paid. */
  stop: AbortSignal;
  /** Aborted at the second Ctrl-C. */
  abort: AbortSignal;
  /** Take the first items of the sample only. */
  limit: number | undefined;
  retryFailed: boolean;
  simulate: boolean;
  /** Label this many first, show what came out, and ask before going on. */
  pilot: number | undefined;
  /** Phases 3: what all labels of the data folder may cost, the same for all teachers of a run; null without a cap. */
  openBudget: (() => Promise<Budget>) | null;
  /** Phase 4: the winner that a person names instead of the rule, and why; null without one. */
  namedWinner: { name: string; reason: string } | null;
  /** Phase 4: write `preferences.jsonl`. */
  exportPreferences: boolean;
  /** Phase 6: go on from the checkpoints that are there, or drop them; rows to show instead of training. */
  finetune: { resume: boolean; restart: boolean; preview: number | undefined };
  /** Asks the person at the terminal; null without one. */
  confirm: ((question: string) => Promise<boolean>) | null;
}

/** How a phase ended. */
export interface PhaseSummary {
  phase: string;
  exitCode: ExitCode;
  /** Figures for the table and for `--json`. */
  figures: Record<string, number | string | null>;
  /** What was written, as paths or patterns. */
  files: string[];
  warnings: string[];
}
