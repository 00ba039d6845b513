import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A question as the server got it. */
export interface ServedQuestion {
  headers: IncomingHttpHeaders;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format?: object;
    [field: string]: unknown;
  };
  /** How often this very question came, from 1. */
  attempt: number;
}

/** What comes back: a text, an answer with more to it, another status; null: nothing for good. */
export type ServedAnswer =
  string | { text: string; finish?: 'stop' | 'length'; refusal?: string } | { status: number } | null;

/** An OpenAI-compatible server on the loopback, gone after the test, that keeps what it was asked. */
export async function startFakeModelServer(
  answer: (question: ServedQuestion) => ServedAnswer,
  models: readonly string[] = ['arae', 'qwen3-8b'],
): Promise<{ url: string; questions: ServedQuestion[] }> {
  const questions: ServedQuestion[] = [];
  const attempts = new Map<string, number>();
  const server = createServer((request, response) => {
    const reply = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    void (async () => {
      if (request.url === '/v1/models') {
        return reply(200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
      }
      if (request.url !== '/v1/chat/completions') return reply(404, { error: { message: 'not found' } });
      const content = await text(request);
      const attempt = (attempts.get(content) ?? 0) + 1;
      attempts.set(content, attempt);
      const body = JSON.parse(content) as ServedQuestion['body'];
      const question: ServedQuestion = { headers: request.headers, body, attempt };
      questions.push(question);
      const said = answer(question);
      if (said === null) return;
      if (typeof said === 'object' && 'status' in said) {
        return reply(said.status, { error: { message: `made up ${said.status}` } });
      }
      const {
        text: words,
        finish = 'stop',
        refusal = null,
      } = typeof said === 'string' ? { text: said } : said;
      reply(200, {
        id: `chatcmpl-${questions.length}`,
        object: 'chat.completion',
        model: body.model,
        choices: [
          { index: 0, message: { role: 'assistant', content: words, refusal }, finish_reason: finish },
        ],
        usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
      });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, questions };
}
