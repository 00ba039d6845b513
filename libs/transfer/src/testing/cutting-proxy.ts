import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server of the loopback. */
export interface CuttingProxy {
  readonly port: number;
  /** Bytes that came through, both ways together. */
  readonly bytes: number;
  readonly connections: number;
  /** Breaks every connection, as a lost line does. */
  cut(): void;
  /** Breaks everything when so many more bytes have come through. */
  cutAfter(bytes: number): void;
  close(): Promise<void>;
}

export async function startCuttingProxy(serverPort: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let bytes = 0;
  let connections = 0;
  let cutAt = Infinity;

  function cut(): void {
    cutAt = Infinity;
    for (const socket of open) socket.resetAndDestroy();
  }

  const server = createServer((client) => {
    connections++;
    const far = connect(serverPort, '127.0.0.1');
    for (const [from, to] of [
      [client, far],
      [far, client],
    ] as const) {
      open.add(from);
      from.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (!to.write(chunk)) from.pause();
        if (bytes >= cutAt) cut();
      });
      to.on('drain', () => from.resume());
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    get bytes() {
      return bytes;
    },
    get connections() {
      return connections;
    },
    cut,
    cutAfter(more) {
      cutAt = bytes + more;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
