import { fieldOf, firstOf, textIn } from './answer-fields.ts';
import { LONGEST_WAIT_MS } from './retry-after-of.ts';

/** What Google's error body tells. */
export interface GeminiErrorDetails {
  message: string;
  /** For instance `RESOURCE_EXHAUSTED`. */
  status: string | undefined;
  /** ErrorInfo's reason, for instance `API_KEY_INVALID`. */
  reason: string | undefined;
  /** RetryInfo's delay in milliseconds; null when there is none. */
  retryAfterMs: number | null;
}

/** The SDK's ApiError carries the whole body as JSON in its message, and nothing of it parsed. */
export function readGeminiError(message: string): GeminiErrorDetails {
  let error: unknown;
  try {
    const body: unknown = JSON.parse(message);
    // Some endpoints wrap the body in a list.
    error = fieldOf(firstOf(body) ?? body, 'error');
  } catch {
    // A proxy's HTML, for instance.
  }
  const list = fieldOf(error, 'details');
  const details: unknown[] = Array.isArray(list) ? list : [];
  const retryInfo = details.find((detail) =>
    textIn(fieldOf(detail, '@type'))?.endsWith('google.rpc.RetryInfo'),
  );
  const seconds = Number(/^([\d.]+)s$/.exec(textIn(fieldOf(retryInfo, 'retryDelay')) ?? '')?.[1] ?? NaN);
  const reason = details.map((detail) => textIn(fieldOf(detail, 'reason'))).find((text) => text !== null);
  return {
    message: textIn(fieldOf(error, 'message')) ?? message,
    status: textIn(fieldOf(error, 'status')) ?? undefined,
    reason: reason ?? undefined,
    retryAfterMs: Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : null,
  };
}
