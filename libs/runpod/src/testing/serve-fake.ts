import { createServer, type IncomingMessage } from 'node:http';

/** A fake's `fetch` on a real port of the loopback, for a program that runs beside the test. */
export interface ServedFake {
  /** With `/v2`. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param onRequest called before every request, for instance to set the fake's clock */
export async function serveFake(answer: typeof fetch, onRequest: () => void = () => {}): Promise<ServedFake> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      onRequest();
      const said = await answer(`http://fake${request.url}`, {
        method: request.method ?? 'GET',
        headers: request.headers as Record<string, string>,
        ...(body === '' ? {} : { body }),
      }).catch(() => null);
      if (said === null) {
        request.socket.destroy();
        return;
      }
      response.writeHead(said.status, Object.fromEntries(said.headers));
      response.end(await said.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/v2`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
