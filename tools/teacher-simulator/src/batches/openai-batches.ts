import { openAiProblem } from '../protocols/openai/openai-problem.ts';
import { jsonReply } from '../protocols/json-reply.ts';
import type { WireReply } from '../protocols/wire-protocol.ts';
import type { Batch, BatchDesk, BatchLine, BatchState } from './batch-desk.ts';
import type { BatchCall } from './batch-call.ts';

/** What OpenAI calls the states. */
const STATES: Record<BatchState, string> = {
  pending: 'in_progress',
  running: 'in_progress',
  succeeded: 'completed',
  failed: 'failed',
  expired: 'expired',
  cancelled: 'cancelled',
};

/** Files and batches of OpenAI, as far as a teacher uses them; null for other paths. */
export async function openAiBatches(call: BatchCall, desk: BatchDesk): Promise<WireReply | null> {
  const { method, path, body, query } = call;
  if (method === 'POST' && path === '/v1/files') return upload(call, desk);
  const content = /^\/v1\/files\/([^/]+)\/content$/.exec(path)?.[1];
  if (method === 'GET' && content !== undefined) {
    const text = desk.file(content);
    if (text === null) return unknown(path);
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: text };
  }
  if (method === 'POST' && path === '/v1/batches') return create(body, desk);
  if (method === 'GET' && path === '/v1/batches') {
    const all = desk.list('openai');
    const after = all.findIndex(({ id }) => id === query.get('after')) + 1;
    const page = all.slice(after, after + Number(query.get('limit') ?? 20));
    return jsonReply(200, {
      object: 'list',
      data: page.map((batch) => describe(batch, null, null)),
      first_id: page[0]?.id ?? null,
      last_id: page.at(-1)?.id ?? null,
      has_more: after + page.length < all.length,
    });
  }
  const [, id, cancel] = /^\/v1\/batches\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
  if (id === undefined || method !== (cancel === undefined ? 'GET' : 'POST')) return null;
  const batch = await (cancel === undefined ? desk.look('openai', id) : desk.cancel('openai', id));
  return batch === null ? unknown(path) : jsonReply(200, withFiles(batch, desk));
}

/** The text between the lines of the multipart body; the sender's boundary stands in its header. */
function upload({ headers, body }: BatchCall, desk: BatchDesk): WireReply {
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1];
  const part = body.split(`--${boundary}`).find((one) => /name="file"/.test(one.slice(0, 500)));
  if (boundary === undefined || part === undefined) {
    return openAiProblem({ kind: 'invalid', message: "'file' is a required property", param: 'file' });
  }
  const text = part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '');
  return jsonReply(200, {
    id: desk.addFile(text),
    object: 'file',
    bytes: Buffer.byteLength(text),
    created_at: 0,
    filename: 'batch.jsonl',
    purpose: 'batch',
    status: 'processed',
  });
}

function create(body: string, desk: BatchDesk): WireReply {
  const asked = JSON.parse(body) as { input_file_id?: string; metadata?: Record<string, string> };
  const text = desk.file(asked.input_file_id ?? '');
  if (text === null) {
    return openAiProblem({ kind: 'invalid', message: 'No such file', param: 'input_file_id' });
  }
  const lines: BatchLine[] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { custom_id, body: request } = JSON.parse(line) as { custom_id: string; body: unknown };
      return { key: custom_id, body: request };
    });
  const batch = desk.add({
    provider: 'openai',
    name: JSON.stringify(asked.metadata ?? {}),
    model: '',
    lines,
    inputFile: asked.input_file_id ?? null,
  });
  return jsonReply(200, describe(batch, null, null));
}

function withFiles(batch: Batch, desk: BatchDesk): object {
  const isOver = batch.state !== 'pending' && batch.state !== 'running';
  if (!isOver || batch.state === 'failed') return describe(batch, null, null);
  const good: string[] = [];
  const bad: string[] = [];
  for (const [index, { key }] of batch.lines.entries()) {
    const reply = batch.results[index] ?? null;
    const line = JSON.stringify({
      id: `batch_req_${index}`,
      custom_id: key,
      response:
        reply === null
          ? null
          : {
              status_code: reply.status,
              request_id: `req_${batch.id}_${index}`,
              body: JSON.parse(reply.body) as unknown,
            },
      error:
        reply === null
          ? {
              code: `batch_${batch.state}`,
              message: 'This request could not be executed before the batch ended.',
            }
          : null,
    });
    (reply?.status === 200 ? good : bad).push(line);
  }
  const fileOf = (lines: readonly string[]) =>
    lines.length === 0 ? null : desk.addFile(`${lines.join('\n')}\n`);
  return describe(batch, fileOf(good), fileOf(bad));
}

function describe(batch: Batch, outputFile: string | null, errorFile: string | null): object {
  const done = batch.results.filter((reply) => reply?.status === 200).length;
  return {
    id: batch.id,
    object: 'batch',
    endpoint: '/v1/chat/completions',
    errors:
      batch.state === 'failed'
        ? {
            object: 'list',
            data: [{ code: 'invalid', message: 'The batch was refused.', line: null, param: null }],
          }
        : null,
    input_file_id: batch.inputFile,
    completion_window: '24h',
    status: STATES[batch.state],
    output_file_id: outputFile,
    error_file_id: errorFile,
    created_at: Math.floor(batch.createdAt / 1000),
    metadata: JSON.parse(batch.name) as object,
    request_counts: { total: batch.lines.length, completed: done, failed: 0 },
  };
}

function unknown(path: string): WireReply {
  return openAiProblem({ kind: 'unknown-path', path });
}
