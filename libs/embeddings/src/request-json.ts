import { AnswerTooLargeError, limitFetch, nestsDeeper } from '@arae/progress';
import { EmbeddingError } from './embedding-error.ts';

export interface HttpEffects {
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

export interface RetrySettings {
  /** Waits after faults (connection, 5xx, 408), in ms; their number is the number of new tries. */
  readonly faultDelaysMs: readonly number[];
  /** Wait after a 429 that names none, in ms. */
  readonly rateLimitPauseMs: number;
  /** 429s of one request after which it is given up. */
  readonly maxRateLimits: number;
  /** Time for one try, in ms. */
  readonly timeoutMs: number;
}

export const DEFAULT_RETRY: RetrySettings = {
  faultDelaysMs: [2000, 4000, 8000],
  rateLimitPauseMs: 60_000,
  maxRateLimits: 10,
  timeoutMs: 120_000,
};

export interface JsonRequest {
  readonly engine: string;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly apiKey: string | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Several times the largest batch of vectors as text. */
const MAX_ANSWER_BYTES = 256 * 2 ** 20;
/** Deeper JSON overflows the stack of whoever shows a part of it. */
const MAX_NESTING = 100;
/** A server that asks for more is mistaken. */
const LONGEST_WAIT_MS = 86_400_000;

/**
 * One request, tried again after faults and after 429 (as long as the server says). Gives the parsed JSON.
 * @throws EmbeddingError `unavailable`, never with the key in it; the signal's reason when aborted
 */
export async function requestJson(
  request: JsonRequest,
  { fetch, sleep }: HttpEffects,
  retry: RetrySettings,
): Promise<unknown> {
  const { engine, url, signal } = request;
  let faults = 0;
  let rateLimits = 0;
  for (;;) {
    signal?.throwIfAborted();
    let what: string;
    let status: number | undefined;
    let waitMs: number | undefined;
    try {
      const response = await limitFetch(fetch, MAX_ANSWER_BYTES)(url, initOf(request, retry.timeoutMs));
      const text = await response.text();
      if (response.ok) {
        try {
          if (nestsDeeper(text, MAX_NESTING)) throw new RangeError('nested too deeply');
          return JSON.parse(text) as unknown;
        } catch {
          throw new EmbeddingError(
            `${engine}: ${url} answered with something that is no JSON: check the address`,
            {
              code: 'unavailable',
              status: response.status,
            },
          );
        }
      }
      status = response.status;
      what = `answered ${status}${messageOf(text, request.apiKey)}`;
      if (status === 429) {
        if (++rateLimits <= retry.maxRateLimits)
          waitMs = retryAfterMs(response.headers) ?? retry.rateLimitPauseMs;
      } else if (status >= 500 || status === 408) waitMs = retry.faultDelaysMs[faults++];
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof EmbeddingError) throw error;
      if (error instanceof AnswerTooLargeError) {
        throw new EmbeddingError(`${engine}: ${url}: ${error.message}`, { code: 'unavailable' });
      }
      what = `cannot be reached (${reasonOf(error)})`;
      waitMs = retry.faultDelaysMs[faults++];
    }
    if (waitMs === undefined) {
      throw new EmbeddingError(`${engine}: ${url} ${what}: check the address, the model and the key`, {
        code: 'unavailable',
        ...(status === undefined ? {} : { status }),
      });
    }
    await sleep(waitMs, signal);
  }
}

function initOf({ method, apiKey, body, signal }: JsonRequest, timeoutMs: number): RequestInit {
  const timeout = AbortSignal.timeout(timeoutMs);
  return {
    method,
    headers: {
      'content-type': 'application/json',
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

/** Seconds or an HTTP date would both be allowed; servers of embeddings send seconds. */
function retryAfterMs(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : undefined;
}

function messageOf(text: string, apiKey: string | undefined): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const safe = apiKey === undefined || apiKey === '' ? line : line.replaceAll(apiKey, '***');
  return safe === '' ? '' : ` (${safe.slice(0, 200)})`;
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? name;
}
