import type { Quota } from '../admission/quota.ts';

/** What is known of a failed request. Never holds a key: neither headers of the request nor the client's settings. */
export interface TeacherErrorData {
  status?: number | undefined;
  /** The provider's own code, for instance `model_not_found`. */
  code?: string | undefined;
  requestId?: string | undefined;
  /** What the server sent, where it could not be read as an answer. */
  rawText?: string | undefined;
  /** What the provider said of its allowances. */
  quota?: Quota | null | undefined;
}

/** Base of everything that can go wrong with a request to a teacher. */
export abstract class TeacherError extends Error {
  /** Whether the provider may have worked on the request, and bill it, although no answer came. */
  get mayBeBilled(): boolean {
    return false;
  }
  /** Whether the same request may succeed later. */
  abstract readonly isRetryable: boolean;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly rawText: string | undefined;
  readonly quota: Quota | null;

  constructor(message: string, { status, code, requestId, rawText, quota }: TeacherErrorData = {}) {
    super(oneLine(message));
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.rawText = rawText;
    this.quota = quota ?? null;
  }
}

/** 429: the provider wants fewer requests. A matter of admission, for all requests, not of this one. */
export class RateLimitedError extends TeacherError {
  override readonly name = 'RateLimitedError';
  readonly isRetryable = true;
  /** Milliseconds the server asks to wait; null when it does not say. */
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null, data?: TeacherErrorData) {
    super(message, data);
    this.retryAfterMs = retryAfterMs;
  }
}

/** 5xx, a timeout or a cut connection: the same request may well succeed. */
export class TransientTeacherError extends TeacherError {
  override readonly name = 'TransientTeacherError';
  readonly isRetryable = true;

  /** An error that the provider reports costs nothing; behind a timeout or a cut connection there may be a whole answer. */
  override get mayBeBilled(): boolean {
    return this.status === undefined;
  }
}

/** The provider refuses this one request (400, 413, 422): other items are not touched by that. */
export class RejectedRequestError extends TeacherError {
  override readonly name = 'RejectedRequestError';
  readonly isRetryable = false;
}

/** Nothing can be asked until somebody mends it: wrong key, no credit, no access, a setting that the model refuses. */
export class TeacherUnavailableError extends TeacherError {
  override readonly name = 'TeacherUnavailableError';
  readonly isRetryable = false;
}

/** The provider does not know the model. */
export class UnknownModelError extends TeacherUnavailableError {
  readonly model: string;
  /** Ids that the provider lists. */
  readonly available: readonly string[];

  constructor(provider: string, model: string, available: readonly string[], data?: TeacherErrorData) {
    const shown = available.slice(0, 20).join(', ');
    super(
      `${provider} has no model "${model}": choose one of ${shown === '' ? '(it lists none)' : shown}${available.length > 20 ? ` and ${available.length - 20} more` : ''}`,
      data,
    );
    this.model = model;
    this.available = available;
  }
}

/** Provider messages may hold line breaks, whole JSON bodies, and (OpenAI's 401) a part of the key. */
function oneLine(message: string): string {
  const line = message
    // Control characters, too: the line goes to terminals.
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/\b(?:sk|rk|pk)-[\w*.-]{4,}|\bAIza[\w-]{8,}|\bAQ\.[\w-]{8,}/g, '[key]')
    .trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
