import { createRandom } from '@arae/floorplan';
import { createAdmission } from '../admission/admission.ts';
import type { LabelEvent, LabelItemContext } from '../scheduling/label-item-context.ts';
import type { LabelOutcome } from '../scheduling/label-item.ts';
import { labelItems } from '../scheduling/label-items.ts';
import type { LabelItemsOptions } from '../scheduling/label-items.ts';
import { DEFAULT_RETRY_POLICY } from '../scheduling/retry-policy.ts';
import { createFakeTeacher } from './fake-teacher.ts';
import type { FakeTeacher, Reply } from './fake-teacher.ts';
import { makeItem } from './make-item.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import type { MemoryJournal } from '../journal/memory-journal.ts';
import { createVirtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface Run {
  clock: VirtualClock;
  teacher: FakeTeacher;
  journal: MemoryJournal;
  events: LabelEvent[];
  outcomes: LabelOutcome[];
  stop: AbortController;
  abort: AbortController;
  context: LabelItemContext;
  /** Labels the items of these ids; every outcome lands in `outcomes`. */
  label(ids: readonly string[], options?: Partial<LabelItemsOptions>): Promise<void>;
}

export interface RunOptions {
  reply?: Reply;
  latencyMs?: number;
  /** Made with the run's clock. */
  journal?: (clock: VirtualClock) => MemoryJournal;
  seed?: number;
}

/** A run on a virtual clock with a fake teacher and a journal in memory. */
export function makeRun({ reply, latencyMs, journal: journalFor, seed = 7 }: RunOptions = {}): Run {
  const clock = createVirtualClock();
  const teacher = createFakeTeacher(clock, reply, latencyMs);
  const journal = journalFor?.(clock) ?? createMemoryJournal();
  const events: LabelEvent[] = [];
  const outcomes: LabelOutcome[] = [];
  const stop = new AbortController();
  const abort = new AbortController();
  const context: LabelItemContext = {
    teacher,
    journal,
    clock,
    admission: createAdmission({ clock, maxConcurrency: 50, firstLimit: 50 }),
    budget: null,
    prices: null,
    verification: null,
    policy: DEFAULT_RETRY_POLICY,
    random: createRandom(seed),
    retryFailed: false,
    stop: stop.signal,
    abort: abort.signal,
    onEvent: (event) => events.push(event),
  };
  return {
    clock,
    teacher,
    journal,
    events,
    outcomes,
    stop,
    abort,
    context,
    label: (ids, options = {}) =>
      labelItems({
        ...context,
        ids,
        load: (id) => Promise.resolve(makeItem(id)),
        concurrency: 5,
        onOutcome: (outcome) => {
          outcomes.push(outcome);
          return Promise.resolve();
        },
        ...options,
      }),
  };
}
