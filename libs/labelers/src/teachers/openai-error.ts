import { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { quotaOf } from '../admission/quota.ts';
import {
  RateLimitedError,
  RejectedRequestError,
  TeacherError,
  TeacherUnavailableError,
  TransientTeacherError,
} from '../errors/teacher-errors.ts';
import { textIn } from './answer-fields.ts';
import { withoutKey } from './api-key.ts';
import { isUnreadable } from './is-unreadable.ts';
import type { OpenAiTeacherOptions } from './openai-teacher.ts';
import { retryAfterOf } from './retry-after-of.ts';

/** Sorts an error by its class and status. */
export function openAiError(error: unknown, options: OpenAiTeacherOptions): unknown {
  const { name = 'openai', model, apiKey } = options;
  if (error instanceof TeacherError) return error;
  // The caller's own abort is handled before: this is the deadline.
  if (error instanceof APIUserAbortError) {
    return new TransientTeacherError(`${name}: no answer within ${options.timeoutMs} ms`);
  }
  if (error instanceof APIConnectionError) {
    return new TransientTeacherError(
      withoutKey(`${name}: no connection (${describeCause(error)}), check the base URL`, apiKey),
    );
  }
  if (!(error instanceof APIError)) {
    // The body broke off after the headers had come: fetch raises a TypeError.
    if (
      error instanceof TypeError ||
      ['AbortError', 'TimeoutError'].includes((error as Error | null)?.name ?? '')
    ) {
      return new TransientTeacherError(
        withoutKey(`${name}: the connection was cut (${describeCause(error as Error)})`, apiKey),
      );
    }
    if (isUnreadable(error)) {
      return new TransientTeacherError(
        withoutKey(`${name}: the answer cannot be read (${error.message})`, apiKey),
      );
    }
    return error;
  }
  const status = error.status as number | undefined;
  const code = textIn(error.code) ?? undefined;
  const data = { status, code, requestId: error.requestID ?? undefined };
  const told = withoutKey(`${name}: ${error.message}`, apiKey);
  if (code === 'insufficient_quota' || code === 'billing_not_active' || status === 402) {
    return new TeacherUnavailableError(
      `${name}: the account has no credit left (${code ?? status}): top it up, then start again`,
      data,
    );
  }
  if (status === 401) {
    return new TeacherUnavailableError(`${name}: the key was refused (401): check OPENAI_API_KEY`, data);
  }
  if (status === 403) return new TeacherUnavailableError(`${told}: this key has no access`, data);
  if (status === 404) {
    return new TeacherUnavailableError(`${told}: check model "${model}" and base URL`, data);
  }
  if (status === 429) {
    const headers = error.headers as Headers | undefined;
    return new RateLimitedError(told, retryAfterOf(headers, options.now), {
      ...data,
      quota: quotaOf(headers),
    });
  }
  if (status === undefined || status === 408 || status === 409 || status >= 500) {
    return new TransientTeacherError(told, data);
  }
  if (code === 'unsupported_value' || code === 'unsupported_parameter') {
    return new TeacherUnavailableError(
      `${told} (parameter ${textIn(error.param) ?? 'unknown'}): set it to null in the configuration to leave it out`,
      data,
    );
  }
  return new RejectedRequestError(told, data);
}

/** The innermost cause that says something: fetch wraps that of the system, and the SDK wraps fetch's. */
function describeCause(error: Error): string {
  const { code, cause, message } = error as NodeJS.ErrnoException;
  return cause instanceof Error ? describeCause(cause) : (code ?? message);
}
