import { jsonReply } from '../json-reply.ts';
import type { Problem, RateLimitHit, WireReply } from '../wire-protocol.ts';
import { goDuration } from './go-duration.ts';

/** OpenAI's answer to a request that it does not serve. */
export function openAiProblem(problem: Problem): WireReply {
  switch (problem.kind) {
    case 'missing-key':
      return errorReply(
        401,
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.",
      );
    case 'wrong-key':
      return errorReply(401, 'Incorrect API key provided.', { code: 'invalid_api_key' });
    case 'no-quota':
      return errorReply(429, 'You exceeded your current quota, please check your plan and billing details.', {
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      });
    case 'unknown-model':
      return errorReply(
        404,
        `The model \`${problem.model}\` does not exist or you do not have access to it.`,
        { code: 'model_not_found' },
      );
    case 'unknown-path':
      return errorReply(404, `Invalid URL (${problem.path})`);
    case 'body-too-large':
      return errorReply(413, 'The request is too large.');
    case 'invalid':
      return errorReply(400, problem.message, { param: problem.param ?? null, code: problem.code ?? null });
    case 'rate-limit':
      return errorReply(
        429,
        limitMessage(problem.hit, problem.retryAfterMs),
        { type: problem.hit?.what ?? 'requests', code: 'rate_limit_exceeded' },
        waitHeaders(problem.retryAfterMs),
      );
    case 'server-error':
      return errorReply(500, 'The server had an error while processing your request. Sorry about that!', {
        type: 'server_error',
      });
  }
}

interface ErrorFields {
  type?: string;
  param?: string | null;
  code?: string | null;
}

function errorReply(
  status: number,
  message: string,
  { type = 'invalid_request_error', param = null, code = null }: ErrorFields = {},
  headers: Record<string, string> = {},
): WireReply {
  return jsonReply(status, { error: { message, type, param, code } }, headers);
}

function limitMessage(hit: RateLimitHit | null, retryAfterMs: number | null): string {
  if (hit === null) return 'Rate limit reached.';
  const unit = hit.what === 'requests' ? 'requests per min (RPM)' : 'tokens per min (TPM)';
  const figures = `on ${unit}: Limit ${hit.limit}, Requested ${hit.requested}.`;
  return retryAfterMs === null
    ? `Request too large ${figures}`
    : `Rate limit reached ${figures} Please try again in ${goDuration(retryAfterMs)}.`;
}

/** `retry-after` knows whole seconds only, so the exact wait goes beside it. */
function waitHeaders(ms: number | null): Record<string, string> {
  if (ms === null) return {};
  return { 'retry-after': String(Math.ceil(ms / 1000)), 'retry-after-ms': String(Math.ceil(ms)) };
}
