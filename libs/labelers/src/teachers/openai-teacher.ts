import { floorPlanAnalysisJsonSchema } from '@arae/floorplan';
import type { Prompt } from '@arae/floorplan';
import OpenAI, { APIError } from 'openai';
import { UnknownModelError } from '../errors/teacher-errors.ts';
import { createOpenAiBatches } from '../batches/openai-batches.ts';
import { usableKey } from './api-key.ts';
import { knownShutdownOf } from './known-shutdowns.ts';
import { openAiError } from './openai-error.ts';
import { readOpenAiAnswer } from './read-openai-answer.ts';
import { limitAnswers } from './limit-answers.ts';
import { FIRST_QUESTION } from './first-question.ts';
import type { FollowUp, ModelInfo, Teacher } from './teacher.ts';

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
    fetch: limitAnswers(options.fetch),
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

  const bodyOf = (prompt: Prompt, { turns, outputFactor }: FollowUp) => ({
    ...parameters,
    ...outputLimit(options, outputFactor),
    messages: [
      { role: 'system' as const, content: prompt.system },
      { role: 'user' as const, content: prompt.user },
      ...turns.map(({ role, text }) => ({ role, content: text })),
    ],
  });

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
    batches: createOpenAiBatches({ client, bodyOf, toError: (error) => openAiError(error, options) }),
    maxOutputTokens: options.maxOutputTokens,
    schemaBytes: Buffer.byteLength(JSON.stringify(schema)),
    async findModel(signal) {
      try {
        return modelInfo(await client.models.retrieve(model, { signal }));
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (!(error instanceof APIError) || error.status !== 404) throw openAiError(error, options);
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
        throw openAiError(error, options);
      }
      throw new UnknownModelError(name, model, ids.sort(), { status: 404, code: 'model_not_found' });
    },
    async ask({ prompt }, signal, followUp = FIRST_QUESTION) {
      // The SDK's timeout ends with the headers; this one covers the body too.
      const deadline = AbortSignal.timeout(options.timeoutMs);
      try {
        const response = await client.chat.completions
          .create(bodyOf(prompt, followUp), {
            signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
          })
          .asResponse();
        return readOpenAiAnswer(await response.text(), response.headers);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw openAiError(error, options);
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
