import type { Prompt } from '@arae/floorplan';
import type OpenAI from 'openai';
import { APIError, toFile } from 'openai';
import type { Batch } from 'openai/resources/batches';
import { TeacherError, TransientTeacherError } from '../errors/teacher-errors.ts';
import { countIn, fieldOf, textIn } from '../teachers/answer-fields.ts';
import { readOpenAiAnswer } from '../teachers/read-openai-answer.ts';
import type { FollowUp } from '../teachers/teacher.ts';
import { textLines } from './text-lines.ts';
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

/** Characters of a line of results: an answer and its frame. */
const MAX_LINE_LENGTH = 16 * 2 ** 20;

/** A line of an output or error file. */
interface ResultLine {
  readonly key: string;
  readonly response: {
    readonly status: number;
    readonly requestId: string | null;
    readonly body: unknown;
  } | null;
  /** What the provider says of it. */
  readonly code: string | null;
  readonly message: string | null;
}

/** Undefined for a line that belongs to no request. */
function resultLine(line: unknown): ResultLine | undefined {
  const key = textIn(fieldOf(line, 'custom_id'));
  if (key === null) return undefined;
  const [response, error] = [fieldOf(line, 'response'), fieldOf(line, 'error')];
  const status = countIn(fieldOf(response, 'status_code'));
  return {
    key,
    response:
      status === 0
        ? null
        : { status, requestId: textIn(fieldOf(response, 'request_id')), body: fieldOf(response, 'body') },
    code: textIn(fieldOf(error, 'code')),
    message: textIn(fieldOf(error, 'message')),
  };
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
    const response = await calling(async () => client.files.content(fileId, { signal }), signal);
    const lines = textLines(response.body ?? [], MAX_LINE_LENGTH);
    for (;;) {
      // A body that breaks off, and a line that is none, are sorted like any other fault of the server.
      const line = await calling(async () => {
        const { value, done } = await lines.next();
        return done === true ? null : value.trim() === '' ? undefined : resultLine(JSON.parse(value));
      }, signal);
      if (line === null) return;
      if (line !== undefined) yield line;
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
  { key, response, code: told, message }: ResultLine,
  toError: (error: unknown) => unknown,
): BatchResult {
  if (response === null) {
    const code = told ?? 'unknown';
    // Not done in time, and not billed: a status makes that plain.
    return { key, error: new TransientTeacherError(`batch: ${message ?? code}`, { code, status: 504 }) };
  }
  const { status, requestId, body } = response;
  const headers = new Headers();
  if (requestId !== null) {
    try {
      headers.set('x-request-id', requestId);
    } catch {
      // No id that a header could hold.
    }
  }
  try {
    if (status === 200) return { key, answer: readOpenAiAnswer(JSON.stringify(body ?? null), headers) };
    return {
      key,
      error: asTeacherError(toError(APIError.generate(status, asObject(body), undefined, headers))),
    };
  } catch (error) {
    return { key, error: asTeacherError(toError(error)) };
  }
}

const asObject = (body: unknown): object => (body !== null && typeof body === 'object' ? body : {});

/** @throws what is no fault of the server */
function asTeacherError(error: unknown): TeacherError {
  if (error instanceof TeacherError) return error;
  throw error;
}
