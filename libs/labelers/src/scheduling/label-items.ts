import PQueue from 'p-queue';
import { BudgetReachedError } from '../budget/budget.ts';
import { TeacherUnavailableError } from '../errors/teacher-errors.ts';
import { isoNow } from '../journal/iso-now.ts';
import { labelItem, nextStepOf } from './label-item.ts';
import type { LabelItemContext } from './label-item-context.ts';
import type { LabelOutcome } from './label-item.ts';
import { requestKey } from '../teachers/request-key.ts';
import type { LabelItem } from '../teachers/teacher.ts';

export interface LabelItemsOptions extends LabelItemContext {
  ids: readonly string[];
  /** Loads an item when its turn comes, so that a long list needs no memory. */
  load: (id: string) => Promise<LabelItem>;
  /** Items under work at the same time, from 1; how many requests run is a matter of admission. */
  concurrency: number;
  /** Called for every item as it ends; awaited before the item's place is given to the next. */
  onOutcome: (outcome: LabelOutcome, item: LabelItem | null) => Promise<void>;
}

/**
 * Labels many items side by side. An item that cannot be loaded fails alone; its outcome comes without the item.
 *
 * Stops at the first error that concerns all items (no key, no credit, disk full …), after the requests under way have ended:
 * they are paid, so their answers are kept. When the budget is reached, the items that come after it are still taken from the
 * journal where it holds them, so that a run accounts for every label that was paid.
 *
 * @throws that error; BudgetReachedError; the stop signal's reason.
 */
export async function labelItems(options: LabelItemsOptions): Promise<void> {
  const { ids, concurrency, stop, load, onOutcome } = options;
  const queue = new PQueue({ concurrency });
  const failed = new AbortController();
  const context: LabelItemContext = {
    ...options,
    stop: AbortSignal.any([stop, failed.signal]),
    onEvent: (event) => {
      if (event.type === 'request-failed' && event.error instanceof TeacherUnavailableError)
        failed.abort(event.error);
      options.onEvent(event);
    },
  };
  const underWay = new Map<string, Promise<unknown>>();
  let firstError: { error: unknown } | null = null;
  let atBudget: BudgetReachedError | null = null;

  /** Equal questions are asked one after the other, so that the second finds the answer to the first. */
  async function labelAlone(item: LabelItem): Promise<LabelOutcome> {
    const key = requestKey(context.teacher, item.prompt);
    while (underWay.has(key)) await underWay.get(key)?.catch(() => undefined);
    const labelling = labelItem(item, context).finally(() => underWay.delete(key));
    underWay.set(key, labelling);
    return labelling;
  }

  for (const id of ids) {
    if (context.stop.aborted) break;
    // Only a few wait in the queue, however long the list is.
    await queue.onSizeLessThan(concurrency + 1);
    void queue.add(async () => {
      if (context.stop.aborted) return;
      try {
        const loaded = await tryToLoad(id, load);
        if ('reason' in loaded) await onOutcome(unreadable(id, loaded.reason, context), null);
        else if (atBudget === null) await onOutcome(await labelAlone(loaded.item), loaded.item);
        else {
          const next = await nextStepOf(loaded.item, context);
          if ('outcome' in next) await onOutcome(next.outcome, loaded.item);
        }
      } catch (error) {
        if (error instanceof BudgetReachedError) {
          atBudget ??= error;
          return;
        }
        // Being stopped is no error of the run: it must not hide one that comes after it.
        if (!stop.aborted || error !== stop.reason) firstError ??= { error };
        failed.abort(error);
      }
    });
  }
  await queue.onIdle();
  // Assigned in callbacks, which the compiler cannot see.
  const stopped = firstError as { error: unknown } | null;
  if (stopped !== null) throw stopped.error;
  stop.throwIfAborted();
  if (atBudget !== null) throw atBudget as BudgetReachedError;
}

async function tryToLoad(
  id: string,
  load: LabelItemsOptions['load'],
): Promise<{ item: LabelItem } | { reason: string }> {
  try {
    return { item: await load(id) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

export function unreadable(
  id: string,
  reason: string,
  { clock }: Pick<LabelItemContext, 'clock'>,
): LabelOutcome {
  return {
    isLabelled: false,
    id,
    key: '',
    answers: [],
    isFromJournal: false,
    reason,
    attempts: 0,
    at: isoNow(clock),
  };
}
