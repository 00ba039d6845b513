import { systemClock } from '../clock.ts';
import { BatchDesk } from '../batches/batch-desk.ts';
import type { Batch, BatchLine } from '../batches/batch-desk.ts';
import { geminiBatches } from '../batches/gemini-batches.ts';
import { openAiBatches } from '../batches/openai-batches.ts';
import { findPlan } from '../plans/find-plan.ts';
import { geminiProtocol } from '../protocols/gemini/gemini-protocol.ts';
import { openAiProtocol } from '../protocols/openai/openai-protocol.ts';
import { isProblem } from '../protocols/wire-protocol.ts';
import type {
  GenerationRequest,
  Problem,
  Route,
  WireProtocol,
  WireReply,
} from '../protocols/wire-protocol.ts';
import { hashOf } from '../seeded/hash-of.ts';
import { AttemptRunner } from './attempt-runner.ts';
import type { Attempt, AttemptResult } from './attempt-runner.ts';
import { authenticate } from './authenticate.ts';
import { checkOptions } from './options.ts';
import type { TeacherCoreOptions } from './options.ts';
import { protocolOf } from './protocol-of.ts';
import { RequestLog } from './request-log.ts';
import type { LoggedRequest } from './request-log.ts';

/** Larger bodies are refused with 413. */
export const MAX_BODY_BYTES = 8 * 2 ** 20;
/** As large as a provider takes a file of requests. */
export const MAX_UPLOAD_BYTES = 200 * 2 ** 20;

export interface TeacherRequest {
  method: string;
  /** The host does not matter. */
  url: URL;
  headers: Headers;
  body: string;
  /** Aborted when the client goes away. */
  signal?: AbortSignal;
}

/** The two teachers without any network. */
export class TeacherCore {
  readonly #log: RequestLog;
  readonly #runner: AttemptRunner;
  readonly #timesSeen = new Map<string, number>();
  readonly #desk: BatchDesk;
  #replies = 0;

  /** @throws RangeError for an option out of its range */
  constructor(options: TeacherCoreOptions) {
    this.#log = new RequestLog(options.logFile ?? null, options.clock ?? systemClock);
    const checked = checkOptions(options);
    this.#desk = new BatchDesk({
      seed: checked.seed,
      faults: checked.faults.batch,
      clock: options.clock ?? systemClock,
      answer: (batch, line) => this.#answerLine(batch, line),
    });
    this.#runner = new AttemptRunner({
      ...checked,
      clock: options.clock ?? systemClock,
      log: this.#log,
    });
  }

  /** Every request for a label so far, in the order in which they ended. */
  requests(): readonly LoggedRequest[] {
    return this.#log.all();
  }

  /** An answer is in the log before this ends. Rejects only when the log file cannot be written. */
  async handle(request: TeacherRequest): Promise<AttemptResult> {
    const result = await this.#handle(request);
    if (result.kind === 'reply' || result.kind === 'cut-in-body') {
      result.reply.headers['x-request-id'] = `req_${++this.#replies}`;
    }
    return result;
  }

  async #handle(request: TeacherRequest): Promise<AttemptResult> {
    const { protocol, route } = protocolOf(request);
    const reply = (wireReply: WireReply): AttemptResult => ({ kind: 'reply', reply: wireReply });
    const refuse = (problem: Problem) => reply(protocol.problem(problem, null));
    const keyProblem = authenticate(protocol.keyIn(request.headers, request.url));
    const batchReply = keyProblem === null ? await this.#handleBatch(protocol, request) : null;
    if (batchReply !== null) return reply(batchReply);
    if (route === null) return refuse({ kind: 'unknown-path', path: request.url.pathname });

    if (route.kind !== 'generate') {
      if (keyProblem !== null) return refuse(keyProblem);
      const found = route.kind === 'models' ? protocol.models() : protocol.model(route.model);
      return isProblem(found) ? refuse(found) : reply(found);
    }

    const isTooLarge = Buffer.byteLength(request.body) > MAX_BODY_BYTES;
    const body = isTooLarge ? undefined : parseBody(request.body);
    const read =
      keyProblem ?? (isTooLarge ? { kind: 'body-too-large' as const } : protocol.read(body, route));
    if (isProblem(read)) {
      this.#log.add({ ...REJECTED, provider: protocol.provider, model: route.model ?? modelIn(body) });
      return refuse(read);
    }
    return this.#runner.run(this.#register(protocol, route, read, false), request.signal);
  }

  /** Null when it is not about batches. */
  #handleBatch(
    protocol: WireProtocol,
    { method, url, headers, body }: TeacherRequest,
  ): Promise<WireReply | null> {
    const call = { method, path: decodeURIComponent(url.pathname), query: url.searchParams, headers, body };
    return protocol.provider === 'openai' ? openAiBatches(call, this.#desk) : geminiBatches(call, this.#desk);
  }

  /** Answers a line of a batch as it would be answered live. A connection that would be cut is an error of the server here. */
  async #answerLine(batch: Batch, line: BatchLine): Promise<WireReply> {
    const protocol = batch.provider === 'openai' ? openAiProtocol : geminiProtocol;
    const route: Route = { kind: 'generate', model: batch.provider === 'openai' ? null : batch.model };
    const read = protocol.read(line.body, route);
    if (isProblem(read)) return protocol.problem(read, null);
    const result = await this.#runner.run(this.#register(protocol, route, read, true));
    return result.kind === 'reply' ? result.reply : protocol.problem({ kind: 'server-error' }, null);
  }

  #register(protocol: WireProtocol, route: Route, request: GenerationRequest, isInBatch: boolean): Attempt {
    // Asked again with a larger output limit, a request is still the same one.
    const requestHash = hashOf([protocol.provider, route, { ...request, maxOutputTokens: null }]);
    const number = (this.#timesSeen.get(requestHash) ?? this.#log.timesSeen(requestHash)) + 1;
    this.#timesSeen.set(requestHash, number);
    return { protocol, request, plan: findPlan(request.turns), requestHash, number, isInBatch };
  }
}

const REJECTED = {
  requestHash: '',
  attempt: 0,
  item: null,
  outcome: 'rejected',
  mistake: null,
  promptTokens: 0,
  completionTokens: 0,
} as const;

/** Undefined for what is no JSON: every protocol refuses that as it refuses a body of the wrong shape. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function modelIn(body: unknown): string {
  const model = typeof body === 'object' && body !== null && 'model' in body ? body.model : '';
  return typeof model === 'string' ? model : '';
}
