import { ApiError } from '@google/genai';
import {
  RateLimitedError,
  RejectedRequestError,
  TeacherError,
  TeacherUnavailableError,
  TransientTeacherError,
} from '../errors/teacher-errors.ts';
import { withoutKey } from './api-key.ts';
import { isUnreadable } from './is-unreadable.ts';
import type { GeminiTeacherOptions } from './gemini-teacher.ts';
import { readGeminiError } from './read-gemini-error.ts';

/** Sorts an error by its class and status. */
export function geminiError(error: unknown, options: GeminiTeacherOptions): unknown {
  const { name = 'gemini', model, apiKey } = options;
  if (error instanceof TeacherError) return error;
  if (!(error instanceof ApiError)) {
    // Timeouts abort, cut connections raise a TypeError, half a body a SyntaxError.
    if (isUnreadable(error)) {
      return new TransientTeacherError(
        withoutKey(`${name}: the answer cannot be read (${error.message})`, apiKey),
      );
    }
    const { name: kind, cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
    return ['AbortError', 'TimeoutError', 'TypeError', 'SyntaxError'].includes(kind) ||
      cause?.code !== undefined
      ? new TransientTeacherError(
          withoutKey(
            `${name}: the connection failed (${cause?.code ?? message}), check the base URL`,
            apiKey,
          ),
        )
      : error;
  }
  const { status } = error;
  const details = readGeminiError(error.message);
  const data = { status, code: details.status };
  const told = withoutKey(`${name}: ${status} ${details.message}`, apiKey);
  if (status === 401 || details.reason === 'API_KEY_INVALID') {
    return new TeacherUnavailableError(
      `${name}: the key was refused (${status}): check GEMINI_API_KEY`,
      data,
    );
  }
  // FAILED_PRECONDITION: billing is off, or the region is not served; true of every request.
  if (status === 402 || details.status === 'FAILED_PRECONDITION') {
    return new TeacherUnavailableError(`${told}: check the billing of the project`, data);
  }
  if (status === 403) return new TeacherUnavailableError(`${told}: this key has no access`, data);
  if (status === 404) {
    return new TeacherUnavailableError(`${told}: check model "${model}" and base URL`, data);
  }
  if (status === 429) return new RateLimitedError(told, details.retryAfterMs, data);
  if (status === 408 || status === 409 || status >= 500) return new TransientTeacherError(told, data);
  return new RejectedRequestError(told, data);
}
