import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AttemptResult } from '../core/attempt-runner.ts';
import { isBatchUpload } from '../batches/batch-call.ts';
import { MAX_BODY_BYTES, MAX_UPLOAD_BYTES } from '../core/teacher-core.ts';
import type { TeacherCore } from '../core/teacher-core.ts';
import { readBody } from './read-body.ts';

/** Answers one request. A web page that had its own name resolved to this machine comes with a foreign host: refused. */
export async function serveRequest(
  core: TeacherCore,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { host = '' } = incoming.headers;
  const port = incoming.socket.localPort;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    sendError(outgoing, 403, 'This host is not served here.');
    return;
  }

  const client = new AbortController();
  outgoing.on('close', () => client.abort());
  const limit = isBatchUpload((incoming.url ?? '').split('?')[0] ?? '') ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES;
  const body = await readBody(incoming, limit);
  if (body === null) {
    sendError(outgoing, 413, `The request has more than ${limit} bytes.`);
    return;
  }
  const result = await core.handle({
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', `http://${host}`),
    headers: headersOf(incoming),
    body,
    signal: client.signal,
  });
  send(result, outgoing);
}

function send(result: AttemptResult, outgoing: ServerResponse): void {
  switch (result.kind) {
    case 'client-gone':
      return;
    case 'cut-before-headers':
      outgoing.destroy();
      return;
    case 'cut-in-body': {
      const body = Buffer.from(result.reply.body);
      outgoing.writeHead(result.reply.status, { ...result.reply.headers, 'content-length': body.length });
      outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
      return;
    }
    case 'reply': {
      const { status, headers, body } = result.reply;
      outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
    }
  }
}

function sendError(outgoing: ServerResponse, code: number, message: string): void {
  const body = JSON.stringify({ error: { code, message } });
  outgoing.writeHead(code, { 'content-type': 'application/json', connection: 'close' }).end(body);
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}
