import { geminiProblem } from '../protocols/gemini/gemini-problem.ts';
import { jsonReply } from '../protocols/json-reply.ts';
import type { WireReply } from '../protocols/wire-protocol.ts';
import type { Batch, BatchDesk, BatchState } from './batch-desk.ts';
import type { BatchCall } from './batch-call.ts';

/** What Gemini calls the states. */
const STATES: Record<BatchState, string> = {
  pending: 'BATCH_STATE_PENDING',
  running: 'BATCH_STATE_RUNNING',
  succeeded: 'BATCH_STATE_SUCCEEDED',
  failed: 'BATCH_STATE_FAILED',
  expired: 'BATCH_STATE_EXPIRED',
  cancelled: 'BATCH_STATE_CANCELLED',
};

interface Asked {
  batch: {
    displayName?: string;
    inputConfig: {
      requests: { requests: { request: Record<string, unknown>; metadata?: { key?: string } }[] };
    };
  };
}

/** Batches of Gemini with inlined requests; null for other paths. */
export async function geminiBatches(
  { method, path, body, query }: BatchCall,
  desk: BatchDesk,
): Promise<WireReply | null> {
  const model = /^\/v1(?:beta)?\/models\/([^/]+):batchGenerateContent$/.exec(path)?.[1];
  if (method === 'POST' && model !== undefined) {
    const { batch } = JSON.parse(body) as Asked;
    const added = desk.add({
      provider: 'gemini',
      name: batch.displayName ?? '',
      model,
      lines: batch.inputConfig.requests.requests.map(({ request, metadata }) => {
        // A batch names the model once more in every request, which the live call does not.
        return { key: metadata?.key ?? '', body: { ...request, model: undefined } };
      }),
      inputFile: null,
    });
    return jsonReply(200, describe(added));
  }
  if (method === 'GET' && /^\/v1(?:beta)?\/batches$/.test(path)) {
    const all = desk.list('gemini');
    const from = Number(query.get('pageToken') ?? 0);
    const to = from + Number(query.get('pageSize') ?? 50);
    return jsonReply(200, {
      operations: all.slice(from, to).map(describe),
      ...(to < all.length ? { nextPageToken: String(to) } : {}),
    });
  }
  const [, id, cancel] = /^\/v1(?:beta)?\/batches\/([^/:]+)(:cancel)?$/.exec(path) ?? [];
  if (id === undefined || method !== (cancel === undefined ? 'GET' : 'POST')) return null;
  const batch = await (cancel === undefined ? desk.look('gemini', id) : desk.cancel('gemini', id));
  if (batch === null) return geminiProblem({ kind: 'unknown-path', path });
  return jsonReply(200, cancel === undefined ? describe(batch) : {});
}

function describe(batch: Batch): object {
  const isDone = batch.state === 'succeeded' || batch.state === 'expired' || batch.state === 'cancelled';
  return {
    name: `batches/${batch.id}`,
    metadata: {
      displayName: batch.name,
      model: `models/${batch.model}`,
      state: STATES[batch.state],
      createTime: new Date(batch.createdAt).toISOString(),
      ...(isDone ? { output: { inlinedResponses: { inlinedResponses: resultsOf(batch) } } } : {}),
    },
    done: batch.state !== 'pending' && batch.state !== 'running',
  };
}

function resultsOf({ lines, results, state }: Batch): object[] {
  return lines.map(({ key }, index) => {
    const metadata = { key };
    const reply = results[index] ?? null;
    if (reply === null)
      return { metadata, error: { code: 4, message: `The batch ${state} before this request.` } };
    const body = JSON.parse(reply.body) as { error?: { code: number; message: string } };
    if (reply.status === 200) return { metadata, response: body };
    return { metadata, error: { code: reply.status, message: body.error?.message ?? 'no answer' } };
  });
}
