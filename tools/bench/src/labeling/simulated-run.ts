import { createRandom } from '@arae/floorplan';
import {
  createAdmission,
  createGeminiTeacher,
  createMemoryJournal,
  createOpenAiTeacher,
  DEFAULT_RETRY_POLICY,
  labelItems,
} from '@arae/labelers';
import type { Budget, LabelEvent, LabelOutcome, LabelRecord, PriceBook } from '@arae/labelers';
import { createTeacherCore } from '@arae/teacher-simulator';
import type { FaultsInput, LoggedRequest } from '@arae/teacher-simulator';
import { createIdleClock } from './idle-clock.ts';
import { madeUpPrompt, NO_GRAPH } from './made-up-plan.ts';

export interface SimulatedRunOptions {
  provider?: 'openai' | 'gemini';
  items: number;
  concurrency: number;
  faults?: FaultsInput;
  seed?: number;
  budget?: Budget | null;
  prices?: PriceBook | null;
  maxOutputTokens?: number;
}

export interface SimulatedRun {
  outcomes: LabelOutcome[];
  records: readonly LabelRecord[];
  requests: readonly LoggedRequest[];
  /** Milliseconds of the run's own time at which requests started, in order. */
  starts: number[];
  /** Milliseconds at which they ended, each with its start. */
  spans: { start: number; end: number }[];
  /** Pauses, as milliseconds from and to. */
  pauses: { from: number; to: number }[];
  /** Why the run ended before all items had; null: it did not. */
  error: unknown;
}

/** Labels made-up plans against the simulator in this process, on a clock on which waiting takes no time. */
export async function simulatedRun(options: SimulatedRunOptions): Promise<SimulatedRun> {
  const { provider = 'openai', items, concurrency, faults = {}, seed = 1 } = options;
  const clock = createIdleClock();
  const core = createTeacherCore({ seed, mistakes: 0, faults, clock: clock.forSimulator });
  const starts: number[] = [];
  const spans: SimulatedRun['spans'] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const start = clock.elapsed();
    starts.push(start);
    try {
      return await core.simulatorFetch(input, init);
    } finally {
      spans.push({ start, end: clock.elapsed() });
    }
  };
  const common = {
    apiKey: 'any',
    temperature: null,
    maxOutputTokens: options.maxOutputTokens ?? 8192,
    timeoutMs: 600_000,
    fetch,
  };
  const teacher =
    provider === 'openai'
      ? createOpenAiTeacher({ ...common, model: 'gpt-4o', reasoningEffort: null })
      : createGeminiTeacher({ ...common, model: 'gemini-3.1-pro-preview', thinkingLevel: 'LOW' });
  const journal = createMemoryJournal();
  const outcomes: LabelOutcome[] = [];
  const pauses: SimulatedRun['pauses'] = [];
  const never = new AbortController().signal;
  let error: unknown = null;
  try {
    await labelItems({
      teacher,
      journal,
      ids: Array.from({ length: items }, (_, index) => String(index)),
      load: (id) => Promise.resolve({ id, prompt: madeUpPrompt(Number(id)), graph: NO_GRAPH }),
      concurrency,
      admission: createAdmission({ clock: clock.forLabelers, maxConcurrency: concurrency }),
      policy: DEFAULT_RETRY_POLICY,
      clock: clock.forLabelers,
      random: createRandom(seed),
      budget: options.budget ?? null,
      prices: options.prices ?? null,
      verification: null,
      retryFailed: false,
      stop: never,
      abort: never,
      onEvent: (event: LabelEvent) => {
        if (event.type !== 'paused') return;
        const from = clock.elapsed();
        pauses.push({ from, to: from + event.ms });
      },
      onOutcome: (outcome) => {
        outcomes.push(outcome);
        return Promise.resolve();
      },
    });
  } catch (reason) {
    error = reason;
  }
  return { outcomes, records: journal.records, requests: core.requests(), starts, spans, pauses, error };
}
