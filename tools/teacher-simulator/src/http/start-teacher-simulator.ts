import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TeacherCoreOptions } from '../core/options.ts';
import type { LoggedRequest } from '../core/request-log.ts';
import { TeacherCore } from '../core/teacher-core.ts';
import { serveRequest } from './serve-request.ts';

export interface TeacherSimulatorOptions extends TeacherCoreOptions {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number;
}

export interface TeacherSimulator {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** For the `baseURL` of the openai SDK. */
  openAiBaseUrl: string;
  /** For `httpOptions.baseUrl` of the Gemini SDK, which adds the version itself. */
  geminiBaseUrl: string;
  /** Every request for a label so far, in the order in which they ended. */
  requests: () => readonly LoggedRequest[];
  /** Ends every connection at once, also those whose answer is under way. */
  close: () => Promise<void>;
}

/**
 * Starts the two teachers on loopback. Whoever starts them must close them: the server keeps the process alive.
 *
 * @throws RangeError for an option out of its range; the error of `node:net` when the port cannot be had
 */
export async function startTeacherSimulator(
  options: TeacherSimulatorOptions = {},
): Promise<TeacherSimulator> {
  const core = new TeacherCore(options);
  const server = createServer((incoming, outgoing) => {
    // A client that breaks off while it sends, or a log file that cannot be written: nothing may be answered.
    serveRequest(core, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    openAiBaseUrl: `${url}/v1`,
    geminiBaseUrl: url,
    requests: () => core.requests(),
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
