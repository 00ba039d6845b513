import { jsonReply } from '../json-reply.ts';
import type { Problem, RateLimitHit, WireReply } from '../wire-protocol.ts';

/** Google's answer to a request that it does not serve: status and details in the manner of google.rpc. */
export function geminiProblem(problem: Problem): WireReply {
  switch (problem.kind) {
    case 'missing-key':
      return errorReply(
        403,
        'PERMISSION_DENIED',
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
      );
    case 'wrong-key':
      return errorReply(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'API_KEY_INVALID',
          domain: 'googleapis.com',
          metadata: { service: 'generativelanguage.googleapis.com' },
        },
      ]);
    case 'no-quota':
      return errorReply(
        429,
        'RESOURCE_EXHAUSTED',
        'You exceeded your current quota, please check your plan and billing details.',
        [quotaFailure({ what: 'requests', limit: 0, requested: 1, retryAfterMs: Infinity })],
      );
    case 'unknown-model':
      return errorReply(
        404,
        'NOT_FOUND',
        `models/${problem.model} is not found, or is not supported for generateContent.`,
      );
    case 'unknown-path':
      return errorReply(404, 'NOT_FOUND', `The path ${problem.path} does not exist.`);
    case 'body-too-large':
      return errorReply(413, 'INVALID_ARGUMENT', 'Request payload size exceeds the limit.');
    case 'invalid':
      return errorReply(400, 'INVALID_ARGUMENT', problem.message);
    case 'rate-limit':
      return errorReply(429, 'RESOURCE_EXHAUSTED', limitMessage(problem.retryAfterMs), [
        ...(problem.hit === null ? [] : [quotaFailure(problem.hit)]),
        ...(problem.retryAfterMs === null
          ? []
          : [
              {
                '@type': 'type.googleapis.com/google.rpc.RetryInfo',
                retryDelay: protobufDuration(problem.retryAfterMs),
              },
            ]),
      ]);
    case 'server-error':
      return errorReply(500, 'INTERNAL', 'An internal error has occurred. Please retry.');
  }
}

function errorReply(status: number, statusName: string, message: string, details: object[] = []): WireReply {
  return jsonReply(status, {
    error: { code: status, message, status: statusName, ...(details.length === 0 ? {} : { details }) },
  });
}

function limitMessage(retryAfterMs: number | null): string {
  return retryAfterMs === null
    ? 'Resource has been exhausted (e.g. check quota).'
    : `You exceeded your current quota. Please retry in ${protobufDuration(retryAfterMs)}.`;
}

function quotaFailure({ what, limit }: RateLimitHit): object {
  const metric = what === 'requests' ? 'generate_content_requests' : 'generate_content_input_token_count';
  const quota =
    what === 'requests' ? 'GenerateRequestsPerMinutePerProject' : 'GenerateTokensPerMinutePerProject';
  return {
    '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
    violations: [
      {
        quotaMetric: `generativelanguage.googleapis.com/${metric}`,
        quotaId: quota,
        quotaValue: String(limit),
      },
    ],
  };
}

/** `17s`, `0.25s` */
function protobufDuration(ms: number): string {
  return `${Math.ceil(ms) / 1000}s`;
}
