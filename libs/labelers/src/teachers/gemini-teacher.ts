import { floorPlanAnalysisJsonSchema } from '@arae/floorplan';
import type { Prompt } from '@arae/floorplan';
import { ApiError, GoogleGenAI } from '@google/genai';
import type { ThinkingLevel } from '@google/genai';
import { UnknownModelError } from '../errors/teacher-errors.ts';
import { createGeminiBatches } from '../batches/gemini-batches.ts';
import { usableKey } from './api-key.ts';
import { knownShutdownOf } from './known-shutdowns.ts';
import { geminiError } from './gemini-error.ts';
import { readGeminiAnswer } from './read-gemini-answer.ts';
import { limitAnswers } from './limit-answers.ts';
import { FIRST_QUESTION } from './first-question.ts';
import type { FollowUp, Teacher } from './teacher.ts';

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
      fetch: limitAnswers(options.fetch),
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

  const requestOf = (prompt: Prompt, { turns, outputFactor }: FollowUp) => ({
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
    },
  });

  return {
    name,
    model,
    identity: { provider: 'gemini', endpoint: options.endpoint ?? baseURL, apiVersion, model, parameters },
    isPaid: true,
    batches: createGeminiBatches({
      client,
      model,
      requestOf,
      toError: (error) => geminiError(error, options),
    }),
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
        if (!(error instanceof ApiError) || error.status !== 404) throw geminiError(error, options);
      }
      const ids: string[] = [];
      try {
        for await (const { name: id } of await client.models.list({ config })) {
          if (id !== undefined) ids.push(withoutPrefix(id));
        }
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw geminiError(error, options);
      }
      throw new UnknownModelError(name, model, ids.sort(), { status: 404 });
    },
    async ask({ prompt }, signal, followUp = FIRST_QUESTION) {
      const { contents, config } = requestOf(prompt, followUp);
      try {
        const response = await client.models.generateContent({
          model,
          contents,
          config: {
            ...config,
            // One call is one request, and is booked as one.
            automaticContinuation: false,
            ...(signal === undefined ? {} : { abortSignal: signal }),
          },
        });
        return readGeminiAnswer(response, model);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw geminiError(error, options);
      }
    },
  };
}

function withoutPrefix(name: string): string {
  return name.replace(/^models\//, '');
}
