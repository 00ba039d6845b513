import type { Prompt } from '@arae/floorplan';
import { ApiError, JobState } from '@google/genai';
import type {
  BatchJob,
  Content,
  GenerateContentConfig,
  GenerateContentResponse,
  GoogleGenAI,
  InlinedResponse,
} from '@google/genai';
import { TransientTeacherError } from '../errors/teacher-errors.ts';
import type { TeacherError } from '../errors/teacher-errors.ts';
import { countIn, fieldOf, textIn } from '../teachers/answer-fields.ts';
import { readGeminiAnswer } from '../teachers/read-gemini-answer.ts';
import type { FollowUp } from '../teachers/teacher.ts';
import type { BatchClient, BatchRequest, BatchResult } from './batch-client.ts';

export interface GeminiBatchesOptions {
  client: GoogleGenAI;
  model: string;
  /** A request as it is sent live. */
  requestOf: (prompt: Prompt, followUp: FollowUp) => { contents: Content[]; config: GenerateContentConfig };
  /** Sorts what the SDK throws. */
  toError: (error: unknown) => unknown;
}

/** Inlined requests may take about 20 MB together. */
const MAX_BYTES = 15_000_000;
const ENDED: readonly (string | undefined)[] = [
  JobState.JOB_STATE_SUCCEEDED,
  JobState.JOB_STATE_PARTIALLY_SUCCEEDED,
  JobState.JOB_STATE_FAILED,
  JobState.JOB_STATE_CANCELLED,
  JobState.JOB_STATE_EXPIRED,
];

/** Batches of Gemini with inlined requests. */
export function createGeminiBatches({
  client,
  model,
  requestOf,
  toError,
}: GeminiBatchesOptions): BatchClient {
  async function calling<T>(call: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw toError(error);
    }
  }

  const inlined = ({ key, item, followUp }: BatchRequest) => ({
    ...requestOf(item.prompt, followUp),
    metadata: { key },
  });
  const abortable = (signal: AbortSignal | undefined) =>
    signal === undefined ? {} : { abortSignal: signal };
  const get = (id: string, signal: AbortSignal | undefined): Promise<BatchJob> =>
    calling(() => client.batches.get({ name: id, config: abortable(signal) }), signal);

  return {
    maxRequests: 10_000,
    maxBytes: MAX_BYTES,
    bytesOf: (request) => Buffer.byteLength(JSON.stringify(inlined(request))),
    submit: (name, requests, signal) =>
      calling(async () => {
        const job = await client.batches.create({
          model,
          src: requests.map(inlined),
          config: { displayName: name, ...abortable(signal) },
        });
        if (job.name === undefined) {
          throw new TransientTeacherError('gemini: the batch came back without a name');
        }
        return job.name;
      }, signal),
    find: (name, signal) =>
      calling(async () => {
        const pager = await client.batches.list({ config: { pageSize: 100, ...abortable(signal) } });
        for await (const job of pager) if (job.displayName === name) return job.name ?? null;
        return null;
      }, signal),
    async status(id, signal) {
      const { state, error } = await get(id, signal);
      return {
        state: state ?? 'unknown',
        isEnded: ENDED.includes(state),
        refusal: state === JobState.JOB_STATE_FAILED ? (error?.message ?? 'no reason given') : null,
      };
    },
    async *results(id, signal) {
      const { dest } = await get(id, signal);
      const responses = dest?.inlinedResponses;
      for (const response of Array.isArray(responses) ? responses : []) {
        const result = resultOf(response, model, toError);
        if (result !== null) yield result;
      }
    },
    cancel: (id, signal) =>
      calling(async () => {
        await client.batches.cancel({ name: id, config: abortable(signal) });
      }, signal),
  };
}

/** Null for what belongs to no request. */
function resultOf(
  inlined: InlinedResponse,
  model: string,
  toError: (error: unknown) => unknown,
): BatchResult | null {
  const key = textIn(fieldOf(fieldOf(inlined, 'metadata'), 'key'));
  if (key === null) return null;
  const [response, error] = [fieldOf(inlined, 'response'), fieldOf(inlined, 'error')];
  if (response !== undefined) {
    return { key, answer: readGeminiAnswer(response as Partial<GenerateContentResponse>, model) };
  }
  const code = countIn(fieldOf(error, 'code')) || 13;
  const message = textIn(fieldOf(error, 'message')) ?? 'no answer';
  const status = code >= 400 ? code : (HTTP_OF_RPC[code] ?? 400);
  const failed = new ApiError({ status, message: JSON.stringify({ error: { code: status, message } }) });
  return { key, error: toError(failed) as TeacherError };
}

/** Codes of google.rpc that stand for something that passes. */
const HTTP_OF_RPC: Readonly<Record<number, number>> = { 1: 504, 4: 504, 8: 429, 10: 409, 13: 500, 14: 503 };
