import { jsonReply } from '../json-reply.ts';
import type { Generation, GenerationRequest, WireProtocol, WireReply } from '../wire-protocol.ts';
import { GEMINI_MODELS, findGeminiModel } from './gemini-models.ts';
import { geminiProblem } from './gemini-problem.ts';
import { readGeminiRequest } from './read-gemini-request.ts';

/** generateContent and the models of the Gemini Developer API, in the versions v1 and v1beta. */
export const geminiProtocol: WireProtocol = {
  provider: 'gemini',
  refusalText: '',
  route(method, path) {
    const rest = /^\/v1(?:beta)?\/models(?:\/([^/]+))?$/.exec(path);
    if (rest === null) return null;
    const name = rest[1];
    const generated = name === undefined ? undefined : /^(.+):generateContent$/.exec(name)?.[1];
    if (method === 'POST') return generated === undefined ? null : { kind: 'generate', model: generated };
    if (method !== 'GET' || generated !== undefined) return null;
    return name === undefined ? { kind: 'models' } : { kind: 'model', model: name };
  },
  keyIn: (headers, url) => headers.get('x-goog-api-key') || url.searchParams.get('key') || null,
  read: (body, route) =>
    readGeminiRequest(body, route.kind === 'generate' && route.model !== null ? route.model : ''),
  answer,
  models: () => jsonReply(200, { models: GEMINI_MODELS.map(modelBody) }),
  model(id) {
    const model = findGeminiModel(id);
    return model === null ? { kind: 'unknown-model', model: id } : jsonReply(200, modelBody(model));
  },
  problem: (problem) => geminiProblem(problem),
};

function answer(request: GenerationRequest, generation: Generation): WireReply {
  const { text, refused, promptTokens, answerTokens, thinkingTokens } = generation;
  const common = { modelVersion: request.model, responseId: generation.id };
  if (refused === 'prompt') {
    return jsonReply(200, {
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: promptTokens, totalTokenCount: promptTokens },
      ...common,
    });
  }
  const finishReason =
    refused === 'answer' ? 'SAFETY' : generation.finish === 'length' ? 'MAX_TOKENS' : 'STOP';
  return jsonReply(200, {
    candidates: [
      {
        ...(text === '' ? {} : { content: { parts: [{ text }], role: 'model' } }),
        finishReason,
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: promptTokens,
      candidatesTokenCount: answerTokens,
      thoughtsTokenCount: thinkingTokens,
      totalTokenCount: promptTokens + answerTokens + thinkingTokens,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokens }],
    },
    ...common,
  });
}

function modelBody({ id, displayName }: (typeof GEMINI_MODELS)[number]) {
  return {
    name: `models/${id}`,
    version: '001',
    displayName,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
    thinking: true,
  };
}
