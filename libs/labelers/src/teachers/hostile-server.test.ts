import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../answers/parse-answer.ts';
import { TeacherError, TransientTeacherError } from '../errors/teacher-errors.ts';
import { createFakeFetch, json } from '../testing/fake-fetch.ts';
import type { FetchReply } from '../testing/fake-fetch.ts';
import { makeItem } from '../testing/make-item.ts';
import { createGeminiTeacher } from './gemini-teacher.ts';
import { createOpenAiTeacher } from './openai-teacher.ts';
import type { Teacher } from './teacher.ts';

const common = { apiKey: 'k', model: 'm', temperature: null, maxOutputTokens: 100, timeoutMs: 30_000 };
const openAi = (fetch: typeof globalThis.fetch) =>
  createOpenAiTeacher({ ...common, reasoningEffort: null, fetch });
const gemini = (fetch: typeof globalThis.fetch) =>
  createGeminiTeacher({ ...common, thinkingLevel: null, fetch });
const piece = Buffer.alloc(2 ** 16, ' ');

const endless: FetchReply = () =>
  new Response(new ReadableStream({ pull: (controller) => controller.enqueue(piece) }), {
    headers: { 'content-type': 'application/json' },
  });
const text =
  (status: number, body: string): FetchReply =>
  () =>
    new Response(body, { status, headers: { 'content-type': 'application/json' } });
const deep = (open: string, close: string) => open.repeat(200_000) + close.repeat(200_000);

describe.each<[string, (fetch: typeof globalThis.fetch) => Teacher]>([
  ['OpenAI', openAi],
  ['Gemini', gemini],
])('a hostile server in place of %s', (_, create) => {
  const ask = (reply: FetchReply) => create(createFakeFetch(reply).fetch).ask(makeItem('a'));

  it('cannot fill the memory with an answer without end', async () => {
    const before = process.memoryUsage().rss;
    await expect(ask(endless)).rejects.toThrow(TransientTeacherError);
    await expect(create(createFakeFetch(endless).fetch).findModel()).rejects.toThrow(TransientTeacherError);
    expect(process.memoryUsage().rss - before).toBeLessThan(500 * 2 ** 20);
  });

  it.each([
    ['brackets', deep('[', ']')],
    ['an error of brackets', `{"error":${deep('[', ']')}}`],
    ['an error of objects', `{"error":{"message":${deep('{"a":', '}').replace(':}', ':1}')},"code":[1]}}`],
    ['open brackets', '['.repeat(200_000)],
    ['null', 'null'],
    ['a number', '1'],
    ['nothing', ''],
    ['no JSON', '<html>\n<body>'],
  ])('cannot end the process with %s', async (_name, body) => {
    for (const status of [200, 400, 404, 429, 500]) {
      const outcome = await ask(text(status, body)).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(TeacherError);
        expect(outcome.message).not.toMatch(/[\r\n]/);
        expect(outcome.message.length).toBeLessThan(600);
      } else expect(outcome).toMatchObject({ text: '' });
    }
  });

  it('cannot make a bill smaller, nor put anything but texts where texts belong', async () => {
    const odd = [-5, 1.5, 1e308, '7', null, [], {}, true];
    for (const value of odd) {
      const answer = await ask(
        json(200, {
          id: value, model: value, responseId: value, modelVersion: value,
          usage: { prompt_tokens: value, completion_tokens: value, prompt_tokens_details: { cached_tokens: value }, completion_tokens_details: value },
          usageMetadata: { promptTokenCount: value, candidatesTokenCount: value, thoughtsTokenCount: value, cachedContentTokenCount: value },
          choices: [{ finish_reason: value, message: { content: value, refusal: value } }],
          candidates: [{ finishReason: value, content: { parts: [{ text: value }, value] } }],
        }),
      ); // prettier-ignore
      expect(answer.usage).toEqual({
        inputTokens: 0,
        cachedInputTokens: 0,
        outputTokens: 0,
        thinkingTokens: 0,
      });
      expect(typeof answer.model).toBe('string');
      expect(parseAnswer(answer).isAccepted).toBe(false);
    }
    for (const value of odd) await ask(json(200, { choices: value, candidates: value, usage: value, usageMetadata: value, promptFeedback: value })); // prettier-ignore
  });

  it('cannot make the run wait for years', async () => {
    const reply = json(429, { error: { message: 'wait', details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '99999999999s' }] } }, { 'retry-after': '99999999999' }); // prettier-ignore
    await expect(ask(reply)).rejects.toMatchObject({ retryAfterMs: 86_400_000 });
  });
});

describe('results of a batch', () => {
  async function resultsOf(body: string | FetchReply) {
    const content = typeof body === 'string' ? text(200, body) : body;
    const { fetch } = createFakeFetch(
      json(200, { id: 'b', status: 'completed', output_file_id: 'f' }),
      content,
    );
    const results: unknown[] = [];
    for await (const result of openAi(fetch).batches!.results('b')) results.push(result);
    return results;
  }

  it('are read line by line, and odd ones are the fault of the server', async () => {
    const line = (more: object) => JSON.stringify({ custom_id: 'k', error: null, ...more });
    const results = await resultsOf(
      [
        line({ response: { status_code: 200, body: null } }),
        line({
          response: {
            status_code: 200,
            request_id: 'a\nb',
            body: { choices: [{ message: { content: 'x' } }] },
          },
        }),
        line({ response: { status_code: 400, body: 'text' } }),
        line({ response: 7 }),
        '{}',
        'null',
        '',
      ].join('\n'),
    );
    expect(results).toMatchObject([
      { key: 'k', answer: { text: '' } },
      { key: 'k', answer: { text: 'x', responseId: null } },
      { key: 'k', error: { status: 400 } },
      { key: 'k', error: { status: 504 } },
    ]);
  });

  it.each<[string, string | FetchReply]>([
    ['a torn line', '{"custom_id":"k"'],
    ['a line without end', endless],
  ])('are told of in one line with %s', async (_, body) => {
    await expect(resultsOf(body)).rejects.toThrow(TransientTeacherError);
  });
});
