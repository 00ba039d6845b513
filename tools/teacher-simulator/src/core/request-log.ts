import { appendFileSync } from 'node:fs';
import { readTextFileSync } from '@arae/progress';
import type { SimulatorClock } from '../clock.ts';
import type { FaultKind } from '../faults/faults-schema.ts';
import type { Provider } from '../protocols/wire-protocol.ts';

/** How a request for a label ended. */
export type RequestOutcome =
  /** The whole good answer was handed to the socket. */
  | 'answered'
  | `fault:${FaultKind | 'failAlways'}`
  /** Over `requestsPerMinute` or `tokensPerMinute`. */
  | 'rate-limited'
  /** The client went away before the answer was sent. */
  | 'client-gone'
  /** Refused with a status from 400 to 499: no or a wrong key, no quota, an unknown model, an invalid request. */
  | 'rejected';

/** One request for a label. */
export interface LoggedRequest {
  /** From 1, in the order in which requests ended. */
  n: number;
  /** ISO 8601. */
  at: string;
  provider: Provider;
  model: string;
  /** Equal for equal model, messages and parameters; empty when the body could not be read. */
  requestHash: string;
  /** How often this request had come, this time included; 0 for a rejected one. */
  attempt: number;
  /** `image_name` of the plan asked about; null when there is none. */
  item: string | null;
  outcome: RequestOutcome;
  /** What a label was made wrong on purpose, e.g. `wrong bay count`; null: nothing. */
  mistake: string | null;
  /** What a provider bills; 0 when no answer was generated. */
  promptTokens: number;
  /** What a provider bills as output, thinking included. */
  completionTokens: number;
}

/** A million requests. */
const MAX_LOG_BYTES = 512 * 1024 ** 2;

/** Keeps the requests in memory and, when a file is given, on disk. */
export class RequestLog {
  readonly #file: string | null;
  readonly #clock: SimulatorClock;
  readonly #requests: LoggedRequest[] = [];
  readonly #timesSeen = new Map<string, number>();

  /** @throws Error of `node:fs` when the file cannot be written */
  constructor(file: string | null, clock: SimulatorClock) {
    this.#file = file;
    this.#clock = clock;
    if (file === null) return;
    appendFileSync(file, '');
    for (const line of readTextFileSync(file, { maxBytes: MAX_LOG_BYTES }).split('\n')) {
      const requestHash = hashIn(line);
      if (requestHash !== '') this.#timesSeen.set(requestHash, this.timesSeen(requestHash) + 1);
    }
  }

  /** How often a request had come before this simulator started, by the log that it goes on writing. */
  timesSeen(requestHash: string): number {
    return this.#timesSeen.get(requestHash) ?? 0;
  }

  /** When this returns the line is with the operating system, so a killed process does not lose it. */
  add(request: Omit<LoggedRequest, 'n' | 'at'>): void {
    const logged = {
      n: this.#requests.length + 1,
      at: new Date(this.#clock.now()).toISOString(),
      ...request,
    };
    this.#requests.push(logged);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(logged)}\n`);
  }

  all(): readonly LoggedRequest[] {
    return [...this.#requests];
  }
}

/** Empty for a line without one: rejected, or torn by a kill. */
function hashIn(line: string): string {
  try {
    return (JSON.parse(line) as Partial<LoggedRequest>).requestHash ?? '';
  } catch {
    return '';
  }
}
