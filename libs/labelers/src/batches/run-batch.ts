import type { BatchRequest, BatchStatus } from './batch-client.ts';
import type { Reservation } from '../budget/budget.ts';
import { RateLimitedError, TeacherError, TransientTeacherError } from '../errors/teacher-errors.ts';
import type { BatchNote } from '../journal/label-journal.ts';
import { isoNow } from '../journal/iso-now.ts';
import { paidFor } from '../prices/paid-for.ts';
import { endpointOf } from '../teachers/endpoint-of.ts';
import type { BatchOptions } from './batch-options.ts';

/** How often a batch is tried to be sent. */
const MAX_SENDS = 5;

/**
 * Takes a batch from its planning to its end: sends it, unless it was sent before, waits for it, and puts its results into the
 * journal. Whatever step it was killed at, it goes on there.
 *
 * @param requests what it holds; needed only when it was not sent yet
 * @returns why the provider took none of it; null otherwise
 */
export async function runBatch(
  note: BatchNote,
  requests: readonly BatchRequest[],
  reservation: Reservation | null,
  options: BatchOptions,
): Promise<{ refusal: string | null }> {
  const { journal, clock, batches, stop, onBatch } = options;
  let paidUsd = note.worstUsd;
  try {
    const batchId = note.batchId ?? (await send(note, requests, options));
    if (batchId === null) {
      paidUsd = 0;
      await journal.append({
        type: 'batch',
        name: note.name,
        step: 'ended',
        at: isoNow(clock),
        state: 'never sent',
      });
      return { refusal: null };
    }
    let status: BatchStatus;
    let isCancelled = false;
    for (;;) {
      status = await patiently(note.name, options, () => batches.status(batchId, options.abort));
      if (status.isEnded) break;
      if (!isCancelled && clock.now() - Date.parse(note.at) > options.maxBatchMs) {
        isCancelled = true;
        onBatch({ type: 'cancelled', name: note.name, state: status.state });
        await patiently(note.name, options, () => batches.cancel(batchId, options.abort));
      }
      onBatch({ type: 'polled', name: note.name, state: status.state });
      await clock.sleep(options.pollMs, stop);
    }
    const fetched = await fetchResults(note, batchId, options);
    paidUsd = fetched.paidUsd;
    await journal.append({
      type: 'batch',
      name: note.name,
      step: 'ended',
      at: isoNow(clock),
      batchId,
      state: status.state,
    });
    onBatch({ type: 'ended', name: note.name, state: status.state, ...fetched });
    return { refusal: status.refusal };
  } finally {
    // Stopped in the middle, it goes on at the provider and may cost all of it.
    reservation?.settle(paidUsd);
  }
}

/** The provider's id; null when an earlier run planned it but never sent it, and what it held is not known here. */
async function send(
  note: BatchNote,
  requests: readonly BatchRequest[],
  options: BatchOptions,
): Promise<string | null> {
  const { journal, clock, batches, onBatch } = options;
  const { name, questions, worstUsd, endpoint } = note;
  let batchId: string | null = null;
  if (requests.length === 0) {
    batchId = await patiently(name, options, () => batches.find(name, options.abort));
    if (batchId === null) return null;
  } else {
    await journal.append({
      type: 'batch',
      name,
      step: 'planned',
      at: isoNow(clock),
      questions,
      worstUsd,
      endpoint,
    });
    for (let sends = 1; batchId === null; sends++) {
      options.stop.throwIfAborted();
      try {
        batchId = await batches.submit(name, requests, options.abort);
      } catch (error) {
        if (!(error instanceof TeacherError) || !error.isRetryable || sends >= MAX_SENDS) throw error;
        onBatch({ type: 'waiting', name, reason: error.message });
        await clock.sleep(waitAfter(error, options), options.stop);
        // The answer may have been lost, not the batch.
        batchId = await patiently(name, options, () => batches.find(name, options.abort));
      }
    }
  }
  await journal.append({ type: 'batch', name, step: 'submitted', at: isoNow(clock), batchId });
  onBatch({ type: 'submitted', name, requests: questions.length, batchId });
  return batchId;
}

/** Puts the results into the journal, those that are there from an earlier try left out. */
async function fetchResults(
  { name, at, questions }: BatchNote,
  batchId: string,
  options: BatchOptions,
): Promise<{ answers: number; errors: number; paidUsd: number }> {
  const { journal, clock, batches, teacher } = options;
  let answers = 0;
  let errors = 0;
  let paidUsd = 0;
  const byKey = new Map(questions.map((question) => [question.key, question]));
  await patiently(name, options, async () => {
    answers = 0;
    errors = 0;
    paidUsd = 0;
    for await (const result of batches.results(batchId, options.abort)) {
      const { key } = result;
      const { id = key, round = 0 } = byKey.get(key) ?? {};
      const common = { id, key, at: isoNow(clock), batch: name, ...endpointOf(teacher) };
      if ('error' in result) {
        errors++;
        const { error } = result;
        await journal.append({
          type: 'error',
          ...common,
          error: error.name,
          status: error.status,
          message: error.message,
          waitMs: 0,
        });
        continue;
      }
      const { answer } = result;
      answers++;
      paidUsd += paidFor(answer, options, 'batch') ?? 0;
      const known = journal.stateOf(key)?.answers ?? [];
      if (known.some(({ batch }) => batch === name)) continue;
      const attempt = known.length + 1;
      const latencyMs = Math.round(clock.now() - Date.parse(at));
      await journal.append({
        type: 'answer',
        ...common,
        ...(round === 0 ? {} : { round }),
        attempt,
        latencyMs,
        tier: 'batch',
        ...answer,
      });
      options.onEvent({ type: 'answered', id, usage: answer.usage, model: answer.model });
    }
  });
  return { answers, errors, paidUsd };
}

/** Tries again for as long as the provider is only busy or out of reach: the batch itself does not suffer by that. */
async function patiently<T>(name: string, options: BatchOptions, call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof TeacherError) || !error.isRetryable) throw error;
      options.onBatch({ type: 'waiting', name, reason: error.message });
      await options.clock.sleep(waitAfter(error, options), options.stop);
    }
  }
}

function waitAfter(error: TeacherError, { policy, pollMs }: BatchOptions): number {
  if (error instanceof RateLimitedError) return error.retryAfterMs ?? policy.rateLimitPauseMs;
  return error instanceof TransientTeacherError ? (policy.faultDelaysMs.at(-1) ?? pollMs) : pollMs;
}
