import type { Prompt } from '@arae/floorplan';
import type OpenAI from 'openai';
import { APIError, toFile } from 'openai';
import type { Batch } from 'openai/resources/batches';
import { TransientTeacherError } from '../errors/teacher-errors.ts';
import type { TeacherError } from '../errors/teacher-errors.ts';
import { readOpenAiAnswer } from '../teachers/read-openai-answer.ts';
import type { FollowUp } from '../teachers/teacher.ts';
import type { BatchClient, BatchRequest, BatchResult } from './batch-client.ts';

export interface OpenAiBatchesOptions {
  client: OpenAI;
  /** The body of a request as it is sent live. */
  bodyOf: (prompt: Prompt, followUp: FollowUp) => object;
  /** Sorts what the SDK throws. */
  toError: (error: unknown) => unknown;
}

/** Half of what a file may hold, since the provider's count of bytes is not ours. */
const MAX_BYTES = 100_000_000;
const ENDPOINT = '/v1/chat/completions';
const ENDED: readonly string[] = ['completed', 'failed', 'expired', 'cancelled'];
/** Where the name of a batch stands. */
const NAME = 'arae_batch';

/** A line of an output or error file. */
interface ResultLine {
  custom_id: string;
  response: { status_code: number; request_id?: string; body: unknown } | null;
  error: { code?: string; message?: string } | null;
}

/** The Batch API of OpenAI: a file of requests, a batch over it, files of results and errors. */
export function createOpenAiBatches({ client, bodyOf, toError }: OpenAiBatchesOptions): BatchClient {
  async function calling<T>(call: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw toError(error);
    }
  }

  const lineOf = ({ key, item, followUp }: BatchRequest) =>
    `${JSON.stringify({ custom_id: key, method: 'POST', url: ENDPOINT, body: bodyOf(item.prompt, followUp) })}\n`;

  async function* linesOf(fileId: string, signal: AbortSignal | undefined): AsyncGenerator<ResultLine> {
    const text = await calling(async () => (await client.files.content(fileId, { signal })).text(), signal);
    for (const line of text.split('\n')) {
      if (line.trim() !== '') yield JSON.parse(line) as ResultLine;
    }
  }

  return {
    maxRequests: 50_000,
    maxBytes: MAX_BYTES,
    bytesOf: (request) => Buffer.byteLength(lineOf(request)),
    submit: (name, requests, signal) =>
      calling(async () => {
        const text = requests.map(lineOf).join('');
        const file = await client.files.create(
          { file: await toFile(Buffer.from(text), `${name}.jsonl`), purpose: 'batch' },
          { signal },
        );
        const batch = await client.batches.create(
          {
            input_file_id: file.id,
            endpoint: ENDPOINT,
            completion_window: '24h',
            metadata: { [NAME]: name },
          },
          { signal },
        );
        return batch.id;
      }, signal),
    find: (name, signal) =>
      calling(async () => {
        for await (const batch of client.batches.list({ limit: 100 }, { signal })) {
          if (batch.metadata?.[NAME] === name) return batch.id;
        }
        return null;
      }, signal),
    status: (id, signal) =>
      calling(async () => {
        const batch = await client.batches.retrieve(id, { signal });
        return {
          state: batch.status,
          isEnded: ENDED.includes(batch.status),
          refusal: batch.status === 'failed' ? refusalOf(batch) : null,
        };
      }, signal),
    async *results(id, signal) {
      const batch = await calling(() => client.batches.retrieve(id, { signal }), signal);
      for (const fileId of [batch.output_file_id, batch.error_file_id]) {
        if (fileId == null) continue;
        for await (const line of linesOf(fileId, signal)) yield resultOf(line, toError);
      }
    },
    cancel: (id, signal) =>
      calling(async () => {
        await client.batches.cancel(id, { signal });
      }, signal),
  };
}

function refusalOf({ errors }: Batch): string {
  const told = (errors?.data ?? []).map(
    ({ message, line }) => `${message ?? ''}${line == null ? '' : ` (line ${line})`}`,
  );
  return told.slice(0, 3).join('; ') || 'no reason given';
}

function resultOf(
  { custom_id: key, response, error }: ResultLine,
  toError: (error: unknown) => unknown,
): BatchResult {
  if (response === null) {
    const code = error?.code ?? 'unknown';
    // Not done in time, and not billed: a status makes that plain.
    return {
      key,
      error: new TransientTeacherError(`batch: ${error?.message ?? code}`, { code, status: 504 }),
    };
  }
  const headers = new Headers(
    response.request_id === undefined ? {} : { 'x-request-id': response.request_id },
  );
  if (response.status_code === 200) {
    return { key, answer: readOpenAiAnswer(JSON.stringify(response.body), headers) };
  }
  const failed = APIError.generate(response.status_code, response.body as object, undefined, headers);
  return { key, error: toError(failed) as TeacherError };
}
