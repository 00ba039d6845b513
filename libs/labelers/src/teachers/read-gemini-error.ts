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

interface ErrorBody {
  error?: {
    message?: string;
    status?: string;
    details?: { '@type'?: string; reason?: string; retryDelay?: string }[];
  };
}

/** The SDK's ApiError carries the whole body as JSON in its message, and nothing of it parsed. */
export function readGeminiError(message: string): GeminiErrorDetails {
  let error: ErrorBody['error'];
  try {
    const body = JSON.parse(message) as ErrorBody | ErrorBody[];
    // Some endpoints wrap the body in a list.
    error = (Array.isArray(body) ? body[0] : body)?.error;
  } catch {
    // A proxy's HTML, for instance.
  }
  const details = Array.isArray(error?.details) ? error.details : [];
  const delay = details.find((detail) => detail['@type']?.endsWith('google.rpc.RetryInfo'))?.retryDelay;
  const seconds = delay === undefined ? NaN : Number(/^([\d.]+)s$/.exec(delay)?.[1] ?? NaN);
  return {
    message: error?.message ?? message,
    status: error?.status,
    reason: details.find(({ reason }) => reason !== undefined)?.reason,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
  };
}
