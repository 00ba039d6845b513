import { jsonReply } from '../json-reply.ts';
import type {
  Generation,
  GenerationRequest,
  RateLimitState,
  WireProtocol,
  WireReply,
} from '../wire-protocol.ts';
import { goDuration } from './go-duration.ts';
import { OPENAI_MODELS, findOpenAiModel } from './openai-models.ts';
import { openAiProblem } from './openai-problem.ts';
import { readOpenAiRequest } from './read-openai-request.ts';

const REFUSAL = "I'm sorry, but I can't help with that.";

/** The Chat Completions and Models API of OpenAI, as far as a teacher uses them. */
export const openAiProtocol: WireProtocol = {
  provider: 'openai',
  refusalText: REFUSAL,
  route(method, path) {
    if (method === 'POST' && path === '/v1/chat/completions') return { kind: 'generate', model: null };
    if (method !== 'GET') return null;
    if (path === '/v1/models') return { kind: 'models' };
    const model = /^\/v1\/models\/([^/]+)$/.exec(path)?.[1];
    return model === undefined ? null : { kind: 'model', model };
  },
  keyIn: (headers) => /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null,
  read: (body) => readOpenAiRequest(body),
  answer,
  models: () => jsonReply(200, { object: 'list', data: OPENAI_MODELS.map(modelBody) }),
  model(id) {
    const model = findOpenAiModel(id);
    return model === null ? { kind: 'unknown-model', model: id } : jsonReply(200, modelBody(model));
  },
  problem(problem, limits) {
    const reply = openAiProblem(problem);
    const hasNoHint = problem.kind === 'rate-limit' && problem.retryAfterMs === null;
    return { ...reply, headers: { ...reply.headers, ...(hasNoHint ? {} : limitHeaders(limits)) } };
  },
};

function answer(request: GenerationRequest, generation: Generation, limits: RateLimitState): WireReply {
  const { promptTokens, answerTokens, thinkingTokens } = generation;
  const completionTokens = answerTokens + thinkingTokens;
  return jsonReply(
    200,
    {
      id: `chatcmpl-${generation.id}`,
      object: 'chat.completion',
      created: Math.floor(generation.createdAt / 1000),
      model: request.model,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: generation.refused === null ? generation.text : null,
            refusal: generation.refused === null ? null : REFUSAL,
            annotations: [],
          },
          logprobs: null,
          finish_reason: generation.finish,
        },
      ],
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        total_tokens: promptTokens + completionTokens,
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
        completion_tokens_details: {
          reasoning_tokens: thinkingTokens,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
      service_tier: 'default',
    },
    limitHeaders(limits),
  );
}

function modelBody({ id, created, shutdown_date }: (typeof OPENAI_MODELS)[number]) {
  return { id, object: 'model', created, owned_by: 'system', shutdown_date };
}

function limitHeaders(limits: RateLimitState | null): Record<string, string> {
  if (limits === null) return {};
  return {
    'x-ratelimit-limit-requests': String(Math.floor(limits.requests.limit)),
    'x-ratelimit-limit-tokens': String(Math.floor(limits.tokens.limit)),
    'x-ratelimit-remaining-requests': String(limits.requests.remaining),
    'x-ratelimit-remaining-tokens': String(limits.tokens.remaining),
    'x-ratelimit-reset-requests': goDuration(limits.requests.resetMs),
    'x-ratelimit-reset-tokens': goDuration(limits.tokens.resetMs),
  };
}
