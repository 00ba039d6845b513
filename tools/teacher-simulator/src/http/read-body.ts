import type { IncomingMessage } from 'node:http';

/** The body as text; null when it has more than `limit` bytes, the rest then being thrown away as it comes. */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > limit ? null : Buffer.concat(chunks).toString('utf8');
}
