import type { SimulatorClock } from '../clock.ts';
import { chooseFault } from '../faults/choose-fault.ts';
import { drawLatency } from '../faults/draw-latency.ts';
import type { FaultKind, Faults } from '../faults/faults-schema.ts';
import { RateLimiter } from '../limits/rate-limiter.ts';
import type { FoundPlan } from '../plans/find-plan.ts';
import type { GenerationRequest, Problem, WireProtocol, WireReply } from '../protocols/wire-protocol.ts';
import { randomFor } from '../seeded/random-for.ts';
import { generate } from './generate.ts';
import type { Generated } from './generate.ts';
import type { RequestLog, RequestOutcome } from './request-log.ts';

/** A request that was understood, on its way to an answer. */
export interface Attempt {
  protocol: WireProtocol;
  request: GenerationRequest;
  plan: FoundPlan | null;
  requestHash: string;
  /** How often this request has come, this time included. */
  number: number;
  /** It comes in a batch: without limits and latency. */
  isInBatch: boolean;
}

/** What a client sees: a reply, a connection that ends too soon, or (having gone away) nothing. */
export type AttemptResult =
  { kind: 'reply' | 'cut-in-body'; reply: WireReply } | { kind: 'cut-before-headers' | 'client-gone' };

interface AttemptRunnerOptions {
  seed: number;
  mistakes: number;
  faults: Faults;
  clock: SimulatorClock;
  log: RequestLog;
}

type Fault = FaultKind | 'failAlways' | null;

/** Faults in which the teacher never came to write anything. */
const UNBILLED: readonly Fault[] = ['rateLimit', 'rateLimitBare', 'serverError', 'failAlways'];

/** Takes requests through limits, faults and latency to their answer. */
export class AttemptRunner {
  readonly #options: AttemptRunnerOptions;
  readonly #limiter: RateLimiter;

  constructor(options: AttemptRunnerOptions) {
    this.#options = options;
    this.#limiter = new RateLimiter(options.faults);
  }

  async run(attempt: Attempt, signal?: AbortSignal): Promise<AttemptResult> {
    const { seed, mistakes, faults, clock } = this.#options;
    const { requestHash, number, plan } = attempt;
    const item = plan?.view.image_name ?? null;
    const fault = chooseFault(faults, { seed, requestHash, attempt: number, item });
    const generated = generate({ ...attempt, seed, mistakes, fault });

    const hit = attempt.isInBatch
      ? null
      : this.#limiter.admit(limitKeyOf(attempt), tokensOf(generated), clock.now());
    if (hit !== null) {
      this.#log(attempt, 'rate-limited', null);
      const retryAfterMs = hit.retryAfterMs === Infinity ? null : hit.retryAfterMs;
      return this.#problem(attempt, { kind: 'rate-limit', retryAfterMs, hit });
    }

    const random = randomFor(seed, 'latency', requestHash, number);
    if (!attempt.isInBatch) await this.#wait(drawLatency(faults.latencyMs, random), signal);
    const billed = UNBILLED.includes(fault) ? null : generated;
    if (signal?.aborted === true) {
      this.#log(attempt, 'client-gone', billed);
      return { kind: 'client-gone' };
    }
    this.#log(attempt, fault === null ? 'answered' : `fault:${fault}`, billed);
    return this.#resultOf(attempt, generated, fault, random.integer(2) === 0);
  }

  #resultOf(attempt: Attempt, generated: Generated, fault: Fault, isCutInBody: boolean): AttemptResult {
    switch (fault) {
      case 'rateLimit': {
        const retryAfterMs = this.#options.faults.retryAfterSeconds * 1000;
        return this.#problem(attempt, { kind: 'rate-limit', retryAfterMs, hit: null });
      }
      case 'rateLimitBare':
        return this.#problem(attempt, { kind: 'rate-limit', retryAfterMs: null, hit: null });
      case 'serverError':
      case 'failAlways':
        return this.#problem(attempt, { kind: 'server-error' });
      case 'cutConnection':
        return isCutInBody
          ? { kind: 'cut-in-body', reply: this.#answer(attempt, generated) }
          : { kind: 'cut-before-headers' };
      case 'truncatedJson':
      case 'refusal':
      case 'wrongSchema':
      case 'malformedJson':
      case 'notJson':
      case null:
        return { kind: 'reply', reply: this.#answer(attempt, generated) };
    }
  }

  #answer(attempt: Attempt, generated: Generated): WireReply {
    const createdAt = this.#options.clock.now();
    const limits = this.#limiter.state(limitKeyOf(attempt), createdAt);
    const id = `${attempt.requestHash}${attempt.number}`;
    return attempt.protocol.answer(attempt.request, { ...generated, id, createdAt }, limits);
  }

  #problem(attempt: Attempt, problem: Problem): AttemptResult {
    const limits = this.#limiter.state(limitKeyOf(attempt), this.#options.clock.now());
    return { kind: 'reply', reply: attempt.protocol.problem(problem, limits) };
  }

  /** Ends sooner when the client goes away, whatever the clock does. */
  async #wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (ms <= 0 || signal?.aborted === true) return;
    const gone = Promise.withResolvers<void>();
    const onAbort = () => gone.resolve();
    signal?.addEventListener('abort', onAbort, { once: true });
    await Promise.race([this.#options.clock.sleep(ms, signal), gone.promise]);
    signal?.removeEventListener('abort', onAbort);
  }

  #log(attempt: Attempt, outcome: RequestOutcome, billed: Generated | null): void {
    this.#options.log.add({
      provider: attempt.protocol.provider,
      model: attempt.request.model,
      requestHash: attempt.requestHash,
      attempt: attempt.number,
      item: attempt.plan?.view.image_name ?? null,
      outcome,
      mistake: billed?.mistake ?? null,
      promptTokens: billed?.promptTokens ?? 0,
      completionTokens: billed === null ? 0 : billed.answerTokens + billed.thinkingTokens,
    });
  }
}

function limitKeyOf({ protocol, request }: Attempt): string {
  return `${protocol.provider}/${request.model}`;
}

function tokensOf({ promptTokens, answerTokens, thinkingTokens }: Generated): number {
  return promptTokens + answerTokens + thinkingTokens;
}
