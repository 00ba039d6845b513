import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';

const python = () => process.env['PYTHON'] ?? 'python3';

/** Why no S3 server can be started here; undefined where all is there. */
export function whyNoS3Server(): string | undefined {
  try {
    execFileSync(python(), ['-c', 'import moto.server, flask'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `${python()} lacks moto: pip install 'moto[server]', and name that Python in PYTHON`;
  }
}

export interface S3Server {
  /** Past the proxy. */
  readonly endpoint: string;
  /** Counts bytes, and cuts connections. */
  readonly proxy: CuttingProxy;
  close(): Promise<void>;
}

/** moto's S3 server on the loopback, behind a proxy that can cut; its buckets are gone with it. */
export async function startS3Server(): Promise<S3Server> {
  const child = spawn(python(), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PYTHONUNBUFFERED: '1' },
  });
  const lines = createInterface({ input: child.stderr });
  let port: number | undefined;
  for await (const line of lines) {
    const found = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (found === undefined) continue;
    port = Number(found);
    break;
  }
  // Nobody reads on, and a full pipe would hold the server up.
  child.stderr.resume();
  if (port === undefined) throw new Error('the S3 server did not start');
  const proxy = await startCuttingProxy(port);
  return {
    endpoint: `http://127.0.0.1:${proxy.port}`,
    proxy,
    async close() {
      await proxy.close();
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
