import { AnswerTooLargeError, limitFetch, nestsDeeper } from '@arae/progress';
import { retryAfterMs } from './retry-after-ms.ts';
import { RunpodError, type RunpodErrorCode } from './runpod-error.ts';

export interface RunpodEffects {
  readonly fetch: typeof fetch;
  /** Waits; rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface RunpodRetry {
  /** Waits after faults (no answer, 408, 5xx), in ms; their number is the number of new tries. */
  readonly faultDelaysMs: readonly number[];
  /** Wait after a 429 that names none, in ms. */
  readonly rateLimitPauseMs: number;
  /** 429s of one request after which it is given up. */
  readonly maxRateLimits: number;
  /** Time for one try, in ms. */
  readonly timeoutMs: number;
}

export const DEFAULT_RUNPOD_RETRY: RunpodRetry = {
  faultDelaysMs: [1000, 4000, 15_000],
  rateLimitPauseMs: 30_000,
  maxRateLimits: 10,
  timeoutMs: 60_000,
};

export interface RunpodRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly apiKey: string;
  readonly body?: unknown;
  /** False for what must not happen twice: a fault, which may hide a success, is then thrown at once. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
  /** What statuses mean, and the mends, where they differ from those of pods. */
  readonly causes?: StatusCauses;
}

export type StatusCauses = Readonly<Record<number, readonly [RunpodErrorCode, string]>>;

/** Several times the largest answer of a queue, 20 MB. */
const MAX_ANSWER_BYTES = 64 * 2 ** 20;
/** Deeper JSON can be read but not written again, for the journal: the stack does not reach so far. */
const MAX_NESTING = 500;

/**
 * One request. A 429 was not carried out, so it is always tried again; a fault only where the request is repeatable.
 * Gives the parsed JSON, or undefined for an empty answer.
 * @throws RunpodError by status; the signal's reason when aborted
 */
export async function requestRunpod(
  request: RunpodRequest,
  { fetch, sleep, now }: RunpodEffects,
  retry: RunpodRetry,
): Promise<unknown> {
  const { signal, method, url } = request;
  const delays = request.repeatable ? retry.faultDelaysMs : [];
  let faults = 0;
  let rateLimits = 0;
  for (;;) {
    signal?.throwIfAborted();
    let response: Response;
    let text: string;
    let waitMs: number | undefined;
    let error: RunpodError;
    try {
      response = await limitFetch(fetch, MAX_ANSWER_BYTES)(url, initOf(request, retry.timeoutMs));
      text = await response.text();
      if (response.ok) return parse(text, request, response.status);
      error = errorOf(request, response.status, text);
      if (response.status === 429 && ++rateLimits <= retry.maxRateLimits) {
        waitMs = retryAfterMs(response.headers, now()) ?? retry.rateLimitPauseMs;
      } else if (error.code === 'unavailable') waitMs = delays[faults++];
    } catch (thrown) {
      signal?.throwIfAborted();
      if (thrown instanceof RunpodError) throw thrown;
      if (thrown instanceof AnswerTooLargeError) {
        throw new RunpodError(`${method} ${url}: ${thrown.message}`, { code: 'bad-answer' });
      }
      const { name, cause } = thrown as Error & { cause?: { code?: string } };
      error = new RunpodError(
        `${method} ${url} has no answer (${cause?.code ?? name}): check the connection and run again`,
        { code: 'unavailable' },
      );
      waitMs = delays[faults++];
    }
    if (waitMs === undefined) throw error;
    await sleep(waitMs, signal);
  }
}

function initOf({ method, apiKey, body, signal }: RunpodRequest, timeoutMs: number): RequestInit {
  const timeout = AbortSignal.timeout(timeoutMs);
  return {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    // A redirect could carry the key to another host.
    redirect: 'error',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function parse(text: string, { method, url }: RunpodRequest, status: number): unknown {
  if (text.trim() === '') return undefined;
  try {
    if (nestsDeeper(text, MAX_NESTING)) throw new RangeError('nested too deeply');
    return JSON.parse(text) as unknown;
  } catch {
    throw new RunpodError(`${method} ${url} answered with something that is no JSON: check the address`, {
      code: 'bad-answer',
      status,
    });
  }
}

const CAUSES: StatusCauses = {
  400: ['rule-or-capacity', 'choose another GPU or data centre, or try later'],
  401: ['bad-key', 'check the API key'],
  402: ['no-balance', 'add credit to the account'],
  403: ['forbidden', 'give the API key the right to do this, or choose another GPU pool'],
  404: ['not-found', 'it may have been deleted'],
  408: ['unavailable', 'run again'],
  409: ['conflict', 'wait until its status allows this'],
  422: ['bad-request', 'mend the settings'],
  429: ['rate-limited', 'wait some minutes and run again'],
};

function errorOf({ method, url, apiKey, causes }: RunpodRequest, status: number, text: string): RunpodError {
  const [code, mend] =
    causes?.[status] ??
    CAUSES[status] ??
    (status >= 500
      ? (['unavailable', 'run again later'] as const)
      : (['bad-request', 'check the address'] as const));
  return new RunpodError(`${method} ${url} answered ${status}${detailOf(text, apiKey)}: ${mend}`, {
    code,
    status,
  });
}

/** What the server says (RFC 9457), on one line, with the key cut out before anything is shortened. */
function detailOf(text: string, apiKey: string): string {
  let said = text;
  try {
    if (nestsDeeper(text, MAX_NESTING)) throw new RangeError('nested too deeply');
    const { title, detail, error, errors } = JSON.parse(text) as Record<string, unknown>;
    const parts = [title, detail, error, errors === undefined ? undefined : JSON.stringify(errors)];
    said = parts.filter((part) => typeof part === 'string').join('; ');
  } catch {
    // Not JSON: a proxy's page, shown as it is.
  }
  const line = said
    .replaceAll(apiKey, '***')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line === '' ? '' : ` (${line.slice(0, 300)})`;
}
