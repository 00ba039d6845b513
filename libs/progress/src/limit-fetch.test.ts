import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { AnswerTooLargeError, limitFetch } from './limit-fetch.ts';

const LIMIT = 2 ** 20;

async function serve(answer: (response: ServerResponse, path: string) => void): Promise<string> {
  const server = createServer((request, response) => answer(response, request.url ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Writes until nobody listens any more. */
function endlessly(out: NodeJS.WritableStream, response: ServerResponse, onBytes = (_: number) => {}): void {
  const piece = Buffer.alloc(2 ** 16, 'a');
  const write = () => {
    while (!response.destroyed && out.write(piece)) onBytes(piece.length);
  };
  out.on('drain', write);
  out.on('error', () => undefined);
  write();
}

it('gives answers as they are, with status and headers', async () => {
  const url = await serve((response, path) => {
    if (path === '/none') response.writeHead(204).end();
    else response.writeHead(418, 'Teapot', { 'x-a': 'b' }).end('가'.repeat(100_000));
  });
  const response = await limitFetch(fetch, LIMIT)(url);
  expect([response.status, response.statusText, response.headers.get('x-a')]).toEqual([418, 'Teapot', 'b']);
  expect(await response.text()).toBe('가'.repeat(100_000));
  expect((await limitFetch(fetch, LIMIT)(`${url}/none`)).status).toBe(204);
});

it('ends an answer without end, and the connection', async () => {
  let sent = 0;
  let isClosed: (value: unknown) => void;
  const closed = new Promise((resolve) => (isClosed = resolve));
  const url = await serve((response) => {
    response.on('close', isClosed);
    endlessly(response, response, (bytes) => (sent += bytes));
  });
  const response = await limitFetch(fetch, LIMIT)(url);
  await expect(response.text()).rejects.toThrow(AnswerTooLargeError);
  await closed;
  expect(sent).toBeLessThan(64 * LIMIT);
});

it('ends an answer that unpacks to gigabytes', async () => {
  const url = await serve((response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
    const gzip = createGzip({ level: 9 });
    gzip.pipe(response);
    endlessly(gzip, response);
    response.on('close', () => gzip.destroy());
  });
  const before = process.memoryUsage().rss;
  await expect((await limitFetch(fetch, LIMIT)(url)).json()).rejects.toThrow(AnswerTooLargeError);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
});

it('may decide by the address, and stands statuses that there are none of', async () => {
  const url = await serve((response) => response.writeHead(999).end('abc'));
  const limited = limitFetch(fetch, (address) => (address.endsWith('/long') ? 3 : 2));
  expect(await (await limited(new URL(`${url}/long`))).text()).toBe('abc');
  expect((await limited(new Request(`${url}/long`))).status).toBe(599);
  await expect((await limited(url)).text()).rejects.toThrow('more than 2 bytes');
});
