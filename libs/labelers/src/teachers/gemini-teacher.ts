import { floorPlanAnalysisJsonSchema } from '@arae/floorplan';
import { ApiError, FinishReason, GoogleGenAI } from '@google/genai';
import type { GenerateContentResponse, ThinkingLevel } from '@google/genai';
import {
  RateLimitedError,
  RejectedRequestError,
  TeacherError,
  TeacherUnavailableError,
  TransientTeacherError,
  UnknownModelError,
} from '../errors/teacher-errors.ts';
import { usableKey, withoutKey } from './api-key.ts';
import { knownShutdownOf } from './known-shutdowns.ts';
import { readGeminiError } from './read-gemini-error.ts';
import { FIRST_QUESTION } from './first-question.ts';
import type { Teacher, TeacherAnswer } from './teacher.ts';

export interface GeminiTeacherOptions {
  name?: string;
  apiKey: string;
  /** Default: Google's own. */
  baseURL?: string | undefined;
  /** What stands for the endpoint in the identity; default: the base URL. */
  endpoint?: string | undefined;
  /** Default: `v1`. */
  apiVersion?: string | undefined;
  model: string;
  /** Google advises to leave it out (null) for Gemini 3. */
  temperature: number | null;
  /** `LOW`, `MEDIUM`, `HIGH` …; null leaves it out. */
  thinkingLevel: string | null;
  /** Tokens, thinking included; null leaves it out. */
  maxOutputTokens: number | null;
  /** Milliseconds for one request. */
  timeoutMs: number;
  fetch?: typeof globalThis.fetch | undefined;
}

const DEFAULT_BASE_URL = 'https://generativelanguage.googleapis.com';
/** The SDK's own default; said, since its environment variable would change answers without changing the identity. */
const DEFAULT_API_VERSION = 'v1';

/** Finish reasons that mean: Google declined to answer. */
const DECLINED: readonly string[] = [
  FinishReason.SAFETY,
  FinishReason.RECITATION,
  FinishReason.BLOCKLIST,
  FinishReason.PROHIBITED_CONTENT,
  FinishReason.SPII,
];

/** Finish reasons that mean: there was more to come. */
const BROKEN_OFF: readonly string[] = [FinishReason.MAX_TOKENS, FinishReason.CONTINUATION];

/** A teacher behind Gemini's generateContent with a JSON schema. The SDK does not retry unless asked to. */
export function createGeminiTeacher(options: GeminiTeacherOptions): Teacher {
  const { name = 'gemini', model, baseURL = DEFAULT_BASE_URL, apiVersion = DEFAULT_API_VERSION } = options;
  const client = new GoogleGenAI({
    apiKey: usableKey(name, options.apiKey),
    // Said, so that no variable of the environment sends the requests elsewhere.
    enterprise: false,
    apiVersion,
    httpOptions: {
      baseUrl: baseURL,
      timeout: options.timeoutMs,
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    },
  });
  const schema = floorPlanAnalysisJsonSchema();
  const parameters = {
    ...(options.temperature === null ? {} : { temperature: options.temperature }),
    ...(options.maxOutputTokens === null ? {} : { maxOutputTokens: options.maxOutputTokens }),
    ...(options.thinkingLevel === null
      ? {}
      : { thinkingConfig: { thinkingLevel: options.thinkingLevel as ThinkingLevel } }),
    responseMimeType: 'application/json',
    responseJsonSchema: schema,
  };

  return {
    name,
    model,
    identity: { provider: 'gemini', endpoint: options.endpoint ?? baseURL, apiVersion, model, parameters },
    isPaid: true,
    maxOutputTokens: options.maxOutputTokens,
    schemaBytes: Buffer.byteLength(JSON.stringify(schema)),
    async findModel(signal) {
      const config = signal === undefined ? {} : { abortSignal: signal };
      try {
        const found = await client.models.get({ model, config });
        const id = withoutPrefix(found.name ?? model);
        return { id, shutdownDate: knownShutdownOf(id) };
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (!(error instanceof ApiError) || error.status !== 404) throw toTeacherError(error, options);
      }
      const ids: string[] = [];
      try {
        for await (const { name: id } of await client.models.list({ config })) {
          if (id !== undefined) ids.push(withoutPrefix(id));
        }
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw toTeacherError(error, options);
      }
      throw new UnknownModelError(name, model, ids.sort(), { status: 404 });
    },
    async ask({ prompt }, signal, { turns, outputFactor } = FIRST_QUESTION) {
      try {
        const response = await client.models.generateContent({
          model,
          contents: [
            { role: 'user', parts: [{ text: prompt.user }] },
            ...turns.map(({ role, text }) => ({
              role: role === 'assistant' ? 'model' : 'user',
              parts: [{ text }],
            })),
          ],
          config: {
            ...parameters,
            ...(options.maxOutputTokens === null
              ? {}
              : { maxOutputTokens: options.maxOutputTokens * outputFactor }),
            systemInstruction: prompt.system,
            // One call is one request, and is booked as one.
            automaticContinuation: false,
            ...(signal === undefined ? {} : { abortSignal: signal }),
          },
        });
        return readAnswer(response, model);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw toTeacherError(error, options);
      }
    },
  };
}

function readAnswer(response: GenerateContentResponse, model: string): TeacherAnswer {
  const candidate = response.candidates?.[0];
  const finishReason = candidate?.finishReason ?? response.promptFeedback?.blockReason ?? 'none';
  const usage = response.usageMetadata;
  const thinkingTokens = usage?.thoughtsTokenCount ?? 0;
  const isDeclined = response.promptFeedback?.blockReason !== undefined || DECLINED.includes(finishReason);
  return {
    // Parts marked as thought are the model's notes, not its answer.
    text: (candidate?.content?.parts ?? [])
      .filter(({ thought }) => thought !== true)
      .map(({ text }) => text ?? '')
      .join(''),
    refusal: isDeclined ? String(finishReason) : null,
    finishReason: String(finishReason),
    isCut: BROKEN_OFF.includes(finishReason),
    usage: {
      inputTokens: (usage?.promptTokenCount ?? 0) + (usage?.toolUsePromptTokenCount ?? 0),
      cachedInputTokens: usage?.cachedContentTokenCount ?? 0,
      outputTokens: (usage?.candidatesTokenCount ?? 0) + thinkingTokens,
      thinkingTokens,
    },
    model: response.modelVersion ?? model,
    responseId: response.responseId ?? null,
  };
}

/** Sorts an error by its class and status. */
function toTeacherError(error: unknown, options: GeminiTeacherOptions): unknown {
  const { name = 'gemini', model, apiKey } = options;
  if (error instanceof TeacherError) return error;
  if (!(error instanceof ApiError)) {
    // Timeouts abort, cut connections raise a TypeError, half a body a SyntaxError.
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

function withoutPrefix(name: string): string {
  return name.replace(/^models\//, '');
}
