import { systemClock } from '../clock.ts';
import { findPlan } from '../plans/find-plan.ts';
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
  #replies = 0;

  /** @throws RangeError for an option out of its range */
  constructor(options: TeacherCoreOptions) {
    this.#log = new RequestLog(options.logFile ?? null, options.clock ?? systemClock);
    this.#runner = new AttemptRunner({
      ...checkOptions(options),
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
    if (route === null) return refuse({ kind: 'unknown-path', path: request.url.pathname });

    const keyProblem = authenticate(protocol.keyIn(request.headers, request.url));
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
    return this.#runner.run(this.#register(protocol, route, read), request.signal);
  }

  #register(protocol: WireProtocol, route: Route, request: GenerationRequest): Attempt {
    // Asked again with a larger output limit, a request is still the same one.
    const requestHash = hashOf([protocol.provider, route, { ...request, maxOutputTokens: null }]);
    const number = (this.#timesSeen.get(requestHash) ?? this.#log.timesSeen(requestHash)) + 1;
    this.#timesSeen.set(requestHash, number);
    return { protocol, request, plan: findPlan(request.turns), requestHash, number };
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
