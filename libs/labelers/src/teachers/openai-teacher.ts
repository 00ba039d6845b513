import { floorPlanAnalysisJsonSchema } from '@arae/floorplan';
import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import type { ChatCompletion } from 'openai/resources/chat/completions';
import {
  RateLimitedError,
  RejectedRequestError,
  TeacherError,
  TeacherUnavailableError,
  TransientTeacherError,
  UnknownModelError,
} from '../errors/teacher-errors.ts';
import { quotaOf } from '../admission/quota.ts';
import { usableKey, withoutKey } from './api-key.ts';
import { knownShutdownOf } from './known-shutdowns.ts';
import { retryAfterOf } from './retry-after-of.ts';
import { FIRST_QUESTION } from './first-question.ts';
import type { ModelInfo, Teacher, TeacherAnswer } from './teacher.ts';

export interface OpenAiTeacherOptions {
  name?: string;
  apiKey: string;
  /** Default: OpenAI's own. */
  baseURL?: string | undefined;
  /** What stands for the endpoint in the identity; default: the base URL. */
  endpoint?: string | undefined;
  model: string;
  /** 0–2; null leaves it out, for models that refuse it. */
  temperature: number | null;
  /** null leaves it out. */
  reasoningEffort: string | null;
  /** Tokens, reasoning included; null leaves it out. */
  maxOutputTokens: number | null;
  /** How the output limit is called; default `max_completion_tokens`. */
  outputLimitName?: 'max_completion_tokens' | 'max_tokens' | undefined;
  /** How an answer in JSON is asked for; default `json_schema`. `none`: the prompt alone. */
  responseFormat?: 'json_schema' | 'json_object' | 'none' | undefined;
  /** Further fields of the body, for instance `chat_template_kwargs` of vLLM. */
  extraBody?: Readonly<Record<string, unknown>> | undefined;
  /** Parameters of the address, for instance Azure's `api-version`. */
  query?: Readonly<Record<string, string>> | undefined;
  /** Header that carries the key; default: `Authorization: Bearer …`. */
  keyHeader?: string | undefined;
  /** False for a server that costs nothing by the token; default: true. */
  isPaid?: boolean | undefined;
  /** Milliseconds for one request. */
  timeoutMs: number;
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds since 1970, for a `retry-after` that is a date. */
  now?: (() => number) | undefined;
}

/** Characters of an unreadable response that are kept. */
const MAX_RAW_TEXT = 200_000;

const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

/** A teacher behind OpenAI's chat completions with structured output. The SDK's own retries are off. */
export function createOpenAiTeacher(options: OpenAiTeacherOptions): Teacher {
  const { name = 'openai', model, baseURL = DEFAULT_BASE_URL } = options;
  const client = new OpenAI({
    apiKey: usableKey(name, options.apiKey),
    baseURL,
    maxRetries: 0,
    timeout: options.timeoutMs,
    ...(options.query === undefined ? {} : { defaultQuery: options.query }),
    ...(options.keyHeader === undefined
      ? {}
      : { defaultHeaders: { Authorization: null, [options.keyHeader]: options.apiKey } }),
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });
  const schema = floorPlanAnalysisJsonSchema();
  const parameters = {
    model,
    ...(options.temperature === null ? {} : { temperature: options.temperature }),
    ...(options.reasoningEffort === null
      ? {}
      : { reasoning_effort: options.reasoningEffort as OpenAI.ReasoningEffort }),
    ...outputLimit(options, 1),
    ...responseFormatOf(options, schema),
    ...options.extraBody,
  };

  return {
    name,
    model,
    identity: {
      provider: 'openai',
      endpoint: options.endpoint ?? baseURL,
      parameters,
      ...(options.query === undefined ? {} : { query: options.query }),
    },
    isPaid: options.isPaid ?? true,
    maxOutputTokens: options.maxOutputTokens,
    schemaBytes: Buffer.byteLength(JSON.stringify(schema)),
    async findModel(signal) {
      try {
        return modelInfo(await client.models.retrieve(model, { signal }));
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (!(error instanceof APIError) || error.status !== 404) throw toTeacherError(error, options);
      }
      const ids: string[] = [];
      try {
        for await (const listed of client.models.list({ signal })) {
          // Compatible servers may list their models without offering to look one up.
          if (listed.id === model) return modelInfo(listed);
          ids.push(listed.id);
        }
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw toTeacherError(error, options);
      }
      throw new UnknownModelError(name, model, ids.sort(), { status: 404, code: 'model_not_found' });
    },
    async ask({ prompt }, signal, { turns, outputFactor } = FIRST_QUESTION) {
      // The SDK's timeout ends with the headers; this one covers the body too.
      const deadline = AbortSignal.timeout(options.timeoutMs);
      try {
        const response = await client.chat.completions
          .create(
            {
              ...parameters,
              ...outputLimit(options, outputFactor),
              messages: [
                { role: 'system', content: prompt.system },
                { role: 'user', content: prompt.user },
                ...turns.map(({ role, text }) => ({ role, content: text })),
              ],
            },
            { signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]) },
          )
          .asResponse();
        return readAnswer(await response.text(), response.headers);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw toTeacherError(error, options);
      }
    },
  };
}

function outputLimit(
  { maxOutputTokens, outputLimitName = 'max_completion_tokens' }: OpenAiTeacherOptions,
  factor: number,
): { max_completion_tokens?: number; max_tokens?: number } {
  return maxOutputTokens === null ? {} : { [outputLimitName]: maxOutputTokens * factor };
}

function responseFormatOf(
  { responseFormat = 'json_schema' }: OpenAiTeacherOptions,
  schema: Record<string, unknown>,
): Pick<OpenAI.ChatCompletionCreateParamsNonStreaming, 'response_format'> {
  switch (responseFormat) {
    case 'none':
      return {};
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'json_schema': {
      const json_schema = { name: 'FloorPlanAnalysis', strict: true, schema };
      return { response_format: { type: 'json_schema', json_schema } };
    }
  }
}

function modelInfo(found: OpenAI.Model & { shutdown_date?: string | null }): ModelInfo {
  return { id: found.id, shutdownDate: found.shutdown_date ?? knownShutdownOf(found.id) };
}

/** Compatible servers leave things out. */
interface Body extends Partial<Omit<ChatCompletion, 'choices'>> {
  choices?: Partial<ChatCompletion.Choice>[];
}

/** Reads the body itself: the SDK's parsing helpers throw on a cut or filtered answer and lose its usage, which is billed. */
function readAnswer(body: string, headers: Headers): TeacherAnswer {
  const requestId = headers.get('x-request-id');
  let completion: Body;
  try {
    completion = JSON.parse(body) as Body;
  } catch {
    throw new TransientTeacherError('the response is no JSON', {
      requestId: requestId ?? undefined,
      rawText: body.slice(0, MAX_RAW_TEXT),
    });
  }
  const choice = completion.choices?.[0];
  const usage = completion.usage;
  const quota = quotaOf(headers);
  return {
    text: choice?.message?.content ?? '',
    refusal: choice?.finish_reason === 'content_filter' ? 'content filter' : choice?.message?.refusal || null,
    finishReason: choice?.finish_reason ?? 'none',
    isCut: choice?.finish_reason === 'length',
    usage: {
      inputTokens: usage?.prompt_tokens ?? 0,
      cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      outputTokens: usage?.completion_tokens ?? 0,
      thinkingTokens: usage?.completion_tokens_details?.reasoning_tokens ?? 0,
    },
    model: completion.model ?? '',
    responseId: requestId ?? completion.id ?? null,
    ...(quota === null ? {} : { quota }),
  };
}

/** Sorts an error by its class and status. */
function toTeacherError(error: unknown, options: OpenAiTeacherOptions): unknown {
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
    return error;
  }
  const status = error.status as number | undefined;
  const code = error.code ?? undefined;
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
      `${told} (parameter ${error.param ?? 'unknown'}): set it to null in the configuration to leave it out`,
      data,
    );
  }
  return new RejectedRequestError(told, data);
}

function describeCause(error: Error): string {
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
