import { createRandom } from '@arae/floorplan';
import {
  createAdmission,
  createGeminiTeacher,
  createOpenAiTeacher,
  DEFAULT_RETRY_POLICY,
  labelInBatches,
} from '@arae/labelers';
import type { BatchEvent, Budget, LabelJournal, LabelOutcome, PriceBook, Verification } from '@arae/labelers';
import type { createTeacherCore } from '@arae/teacher-simulator';
import type { IdleClock } from './idle-clock.ts';
import { madeUpPrompt, NO_GRAPH } from './made-up-plan.ts';

export interface BatchRunOptions {
  provider: 'openai' | 'gemini';
  items: number;
  clock: IdleClock;
  core: ReturnType<typeof createTeacherCore>;
  journal: LabelJournal;
  /** Ends the run as a kill would, as far as the journal and the provider can see. */
  stop?: AbortSignal;
  fallback?: 'live' | 'none';
  budget?: Budget | null;
  prices?: PriceBook | null;
  verification?: Verification | null;
  /** Takes the place of the simulator's fetch. */
  fetch?: typeof globalThis.fetch;
}

export interface BatchRun {
  outcomes: LabelOutcome[];
  events: BatchEvent[];
  error: unknown;
}

/** Labels made-up plans in batches against the simulator in this process, on a clock on which waiting takes no time. */
export async function simulatedBatchRun(options: BatchRunOptions): Promise<BatchRun> {
  const { provider, items, clock, core, journal } = options;
  const common = {
    apiKey: 'any',
    endpoint: 'simulator',
    temperature: null,
    maxOutputTokens: 8192,
    timeoutMs: 600_000,
    fetch: options.fetch ?? core.simulatorFetch,
  };
  const teacher =
    provider === 'openai'
      ? createOpenAiTeacher({ ...common, model: 'gpt-4o', reasoningEffort: null })
      : createGeminiTeacher({ ...common, model: 'gemini-3.1-pro-preview', thinkingLevel: 'LOW' });
  const { batches } = teacher;
  if (batches === undefined) throw new Error('both providers have batches');
  const never = new AbortController().signal;
  const stop = options.stop ?? never;
  const run: BatchRun = { outcomes: [], events: [], error: null };
  let names = 0;
  const started = clock.elapsed();
  try {
    await labelInBatches({
      teacher,
      journal,
      batches,
      ids: Array.from({ length: items }, (_, index) => String(index)),
      load: (id) => Promise.resolve({ id, prompt: madeUpPrompt(Number(id)), graph: NO_GRAPH }),
      concurrency: 5,
      admission: createAdmission({ clock: clock.forLabelers, maxConcurrency: 5 }),
      policy: DEFAULT_RETRY_POLICY,
      clock: clock.forLabelers,
      random: createRandom(1),
      budget: options.budget ?? null,
      prices: options.prices ?? null,
      verification: options.verification ?? null,
      retryFailed: false,
      stop,
      abort: stop,
      pollMs: 60_000,
      maxBatchMs: 26 * 3_600_000,
      fallback: options.fallback ?? 'none',
      newName: () => `batch-${started}-${++names}`,
      onEvent: () => undefined,
      onBatch: (event) => run.events.push(event),
      onOutcome: (outcome) => {
        run.outcomes.push(outcome);
        return Promise.resolve();
      },
    });
  } catch (error) {
    run.error = error;
  }
  return run;
}
