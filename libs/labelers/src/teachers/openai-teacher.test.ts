import { floorPlanAnalysisJsonSchema } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import {
  createFakeFetch,
  cutBeforeHeaders,
  cutInBody,
  html,
  json,
  silence,
  stallInBody,
} from '../testing/fake-fetch.ts';
import type { FetchReply } from '../testing/fake-fetch.ts';
import { makeItem } from '../testing/make-item.ts';
import { createOpenAiTeacher } from './openai-teacher.ts';
import type { OpenAiTeacherOptions } from './openai-teacher.ts';

const KEY = 'sk-test-MARKED-KEY-123';

function setUp(reply: FetchReply | FetchReply[], options: Partial<OpenAiTeacherOptions> = {}) {
  const { fetch, sent } = createFakeFetch(...[reply].flat());
  const teacher = createOpenAiTeacher({
    apiKey: KEY,
    model: 'gpt-4o',
    temperature: 0.1,
    reasoningEffort: null,
    maxOutputTokens: 8000,
    timeoutMs: 5000,
    fetch,
    ...options,
  });
  return { teacher, sent, ask: (signal?: AbortSignal) => teacher.ask(makeItem('plan'), signal) };
}

function completion(choice: object, usage: object | undefined = { prompt_tokens: 10, completion_tokens: 5 }) {
  return { id: 'chatcmpl-1', model: 'gpt-4o-2024-08-06', choices: [choice], usage };
}
const good = completion({ message: { content: '{"a":1}', refusal: null }, finish_reason: 'stop' });
const errorBody = (message: string, code: string | null, more: object = {}) => ({
  error: { message, code, type: null, param: null, ...more },
});

describe('the request to OpenAI', () => {
  it('holds messages, strict schema and parameters, and nothing else', async () => {
    const { ask, sent } = setUp(json(200, good));
    await ask();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ url: 'https://api.openai.com/v1/chat/completions', method: 'POST' });
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${KEY}`);
    expect(sent[0]?.body).toEqual({
      model: 'gpt-4o',
      temperature: 0.1,
      max_completion_tokens: 8000,
      messages: [
        { role: 'system', content: 'You label plans.' },
        { role: 'user', content: 'plan plan' },
      ],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'FloorPlanAnalysis', strict: true, schema: floorPlanAnalysisJsonSchema() },
      },
    });
  });

  it('leaves out what is null and takes an effort', async () => {
    const { ask, sent } = setUp(json(200, good), {
      temperature: null,
      maxOutputTokens: null,
      reasoningEffort: 'none',
      baseURL: 'http://localhost:1/v1',
    });
    await ask();
    expect(sent[0]?.url).toBe('http://localhost:1/v1/chat/completions');
    const body = sent[0]?.body as object;
    expect(Object.keys(body).sort()).toEqual(['messages', 'model', 'reasoning_effort', 'response_format']);
    expect(body).toMatchObject({ reasoning_effort: 'none' });
  });
});

describe('a compatible server', () => {
  it('gets the names, fields, address and header that it wants', async () => {
    const { ask, sent, teacher } = setUp(json(200, good), {
      baseURL: 'http://localhost:1/openai/deployments/qwen',
      outputLimitName: 'max_tokens',
      responseFormat: 'json_object',
      extraBody: { chat_template_kwargs: { enable_thinking: false } },
      query: { 'api-version': '2024-10-21' },
      keyHeader: 'api-key',
      isPaid: false,
    });
    await ask();
    const [request] = sent;
    expect(request?.url).toBe(
      'http://localhost:1/openai/deployments/qwen/chat/completions?api-version=2024-10-21',
    );
    expect(request?.headers.get('authorization')).toBeNull();
    expect(request?.headers.get('api-key')).toBeTruthy();
    const body = request?.body as object;
    expect(body).toMatchObject({
      max_tokens: expect.any(Number) as number,
      response_format: { type: 'json_object' },
      chat_template_kwargs: { enable_thinking: false },
    });
    expect(body).not.toHaveProperty('max_completion_tokens');
    expect(teacher.isPaid).toBe(false);
    expect(JSON.stringify(teacher.identity)).not.toContain('sk-');
  });

  it('is another teacher with another version of the interface', () => {
    const of = (version: string) =>
      setUp(json(200, good), { query: { 'api-version': version } }).teacher.identity;
    expect(of('1')).not.toEqual(of('2'));
  });
});

describe('the answer of OpenAI', () => {
  it('comes with usage, cached and thinking tokens, snapshot and id', async () => {
    const usage = {
      prompt_tokens: 3000,
      completion_tokens: 1500,
      prompt_tokens_details: { cached_tokens: 1024 },
      completion_tokens_details: { reasoning_tokens: 200 },
    };
    const body = completion({ message: { content: '{"a":1}', refusal: null }, finish_reason: 'stop' }, usage);
    const { ask } = setUp(json(200, body, { 'x-request-id': 'req-1' }));
    expect(await ask()).toEqual({
      text: '{"a":1}',
      refusal: null,
      finishReason: 'stop',
      isCut: false,
      usage: { inputTokens: 3000, cachedInputTokens: 1024, outputTokens: 1500, thinkingTokens: 200 },
      model: 'gpt-4o-2024-08-06',
      responseId: 'req-1',
    });
  });

  it.each<[string, object, object]>([
    [
      'a refusal',
      { message: { content: null, refusal: 'no' }, finish_reason: 'stop' },
      { refusal: 'no', text: '' },
    ],
    [
      'a filtered answer',
      { message: { content: '{' }, finish_reason: 'content_filter' },
      { refusal: 'content filter' },
    ],
    [
      'a cut answer',
      { message: { content: '{"a"' }, finish_reason: 'length' },
      { isCut: true, text: '{"a"' },
    ],
    ['no message', { finish_reason: 'stop' }, { text: '', refusal: null }],
    [
      'an empty refusal',
      { message: { content: '{}', refusal: '' }, finish_reason: 'stop' },
      { refusal: null },
    ],
  ])('keeps the usage of %s', async (_name, choice, expected) => {
    const { ask } = setUp(json(200, completion(choice)));
    expect(await ask()).toMatchObject({ ...expected, usage: { inputTokens: 10, outputTokens: 5 } });
  });

  it('may lack choices and usage', async () => {
    const { ask } = setUp(json(200, { id: 'chatcmpl-2' }));
    expect(await ask()).toMatchObject({ text: '', finishReason: 'none', responseId: 'chatcmpl-2' });
  });
});

describe('an error of OpenAI', () => {
  it.each<[number, string | null, string]>([
    [400, null, 'RejectedRequestError'],
    [400, 'context_length_exceeded', 'RejectedRequestError'],
    [400, 'unsupported_value', 'TeacherUnavailableError'],
    [400, 'unsupported_parameter', 'TeacherUnavailableError'],
    [401, 'invalid_api_key', 'TeacherUnavailableError'],
    [402, null, 'TeacherUnavailableError'],
    [403, null, 'TeacherUnavailableError'],
    [429, 'billing_not_active', 'TeacherUnavailableError'],
    [404, 'model_not_found', 'TeacherUnavailableError'],
    [408, null, 'TransientTeacherError'],
    [409, null, 'TransientTeacherError'],
    [413, null, 'RejectedRequestError'],
    [422, null, 'RejectedRequestError'],
    [429, 'rate_limit_exceeded', 'RateLimitedError'],
    [429, 'insufficient_quota', 'TeacherUnavailableError'],
    [500, null, 'TransientTeacherError'],
    [502, null, 'TransientTeacherError'],
    [503, null, 'TransientTeacherError'],
    [529, null, 'TransientTeacherError'],
  ])('%i %s is a %s, after one request, and shows no key', async (status, code, name) => {
    const reply = json(status, errorBody(`Bad thing\nwith ${KEY}`, code), { 'x-request-id': 'req-9' });
    const { ask, sent } = setUp(reply);
    const error = (await ask().catch((caught: unknown) => caught)) as Error;
    expect(error).toMatchObject({ name, status, requestId: 'req-9', ...(code === null ? {} : { code }) });
    expect(error.message).not.toContain('\n');
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('MARKED');
    expect(sent).toHaveLength(1);
  });

  it('says in one line what to do', async () => {
    const messageOf = async (status: number, code: string | null, more: object = {}) =>
      (
        (await setUp(json(status, errorBody('No.', code, more)))
          .ask()
          .catch((caught: unknown) => caught)) as Error
      ).message;
    expect(await messageOf(401, null)).toContain('check OPENAI_API_KEY');
    expect(await messageOf(429, 'insufficient_quota')).toContain('top it up');
    expect(await messageOf(404, null)).toContain('check model "gpt-4o"');
    expect(await messageOf(400, 'unsupported_value', { param: 'temperature' })).toMatch(
      /temperature.*set it to null/,
    );
  });

  it.each<[Record<string, string>, number | null]>([
    [{ 'retry-after-ms': '1250', 'retry-after': '2' }, 1250],
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 00:01:30 GMT' }, 90_000],
    [{}, null],
  ])('429 with %o waits %s ms', async (headers, retryAfterMs) => {
    const { ask } = setUp(json(429, errorBody('slow', 'rate_limit_exceeded'), headers), {
      now: () => Date.parse('2026-11-23T00:00:00Z'),
    });
    await expect(ask()).rejects.toMatchObject({ name: 'RateLimitedError', retryAfterMs });
  });

  it('hides a key that looks like none', async () => {
    const apiKey = 'own/format/MARKED-9';
    const { ask } = setUp(html(500, `proxy says ${apiKey}`), { apiKey });
    await expect(ask()).rejects.toMatchObject({
      message: expect.stringContaining('proxy says [key]') as string,
    });
  });

  it('refuses a key that no header can carry, without showing it', () => {
    for (const apiKey of ['', 'sk-test-\nMARKED-KEY', 'sk-test MARKED', 'sk-키-MARKED']) {
      expect(() => setUp(json(200, good), { apiKey })).toThrow(/^openai: the key is empty or holds/);
    }
    expect(() => setUp(json(200, good), { apiKey: `${KEY}\n` })).not.toThrow();
  });
});

describe('a connection to OpenAI', () => {
  it.each<[string, FetchReply]>([
    ['cut before the headers', cutBeforeHeaders()],
    ['cut in the body', cutInBody(good)],
    ['cut in the body without a cause', cutInBody(good, undefined)],
    ['with a page of a proxy', html(200, '<html></html>')],
    ['with an error page', html(502, '<html>bad gateway</html>')],
    ['that the SDK is told to retry', json(500, errorBody('x', null), { 'x-should-retry': 'true' })],
  ])('%s is a TransientTeacherError after one request', async (_name, reply) => {
    const { ask, sent } = setUp(reply);
    await expect(ask()).rejects.toMatchObject({ name: 'TransientTeacherError', isRetryable: true });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['without headers', silence()],
    ['that stalls in the body', stallInBody()],
  ])('%s ends at the timeout', async (_name, reply) => {
    const { ask } = setUp(reply, { timeoutMs: 15 });
    await expect(ask()).rejects.toMatchObject({ name: 'TransientTeacherError' });
  });

  it.each<[string, (onStart: () => void) => FetchReply]>([
    ['before the headers', silence],
    [
      'in the body',
      (onStart) => (request, signal) => {
        queueMicrotask(onStart);
        return stallInBody()(request, signal);
      },
    ],
  ])('that is aborted %s ends with the reason of the signal', async (_name, reply) => {
    const abort = new AbortController();
    const reason = new Error('stopped by hand');
    const { ask } = setUp(reply(() => abort.abort(reason)));
    await expect(ask(abort.signal)).rejects.toBe(reason);
    await expect(ask(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('the model lookup at OpenAI', () => {
  const list = json(200, { object: 'list', data: [{ id: 'gpt-6-luna' }, { id: 'gpt-4o-mini' }] });

  it('finds the model and its last day', async () => {
    const { teacher, sent } = setUp(json(200, { id: 'gpt-4o', shutdown_date: '2027-01-14' }));
    expect(await teacher.findModel()).toEqual({ id: 'gpt-4o', shutdownDate: '2027-01-14' });
    expect(sent[0]).toMatchObject({ url: 'https://api.openai.com/v1/models/gpt-4o', method: 'GET' });
  });

  it('takes the announced last day where the server tells none, and knows none for other models', async () => {
    for (const [id, shutdownDate] of [
      ['gpt-4o', '2027-01-14'],
      ['gpt-4o-2024-08-06', '2027-01-14'],
      ['constructor', null],
      ['my-own-model', null],
    ]) {
      expect(await setUp(json(200, { id })).teacher.findModel()).toMatchObject({ shutdownDate });
    }
  });

  it('names the models that exist', async () => {
    const { teacher } = setUp([json(404, errorBody('no such model', 'model_not_found')), list]);
    await expect(teacher.findModel()).rejects.toMatchObject({
      message: 'openai has no model "gpt-4o": choose one of gpt-4o-mini, gpt-6-luna',
      available: ['gpt-4o-mini', 'gpt-6-luna'],
      status: 404,
    });
  });

  it('believes the list of a server that cannot look one up', async () => {
    const { teacher } = setUp([json(404, { detail: 'Not Found' }), list], { model: 'gpt-6-luna' });
    expect(await teacher.findModel()).toEqual({ id: 'gpt-6-luna', shutdownDate: null });
  });

  it('fails like a request', async () => {
    await expect(setUp(json(401, errorBody(KEY, null))).teacher.findModel()).rejects.toMatchObject({
      name: 'TeacherUnavailableError',
      status: 401,
    });
    await expect(
      setUp([json(404, {}), json(503, errorBody('x', null))]).teacher.findModel(),
    ).rejects.toMatchObject({ name: 'TransientTeacherError' });
    const reason = new Error('stopped');
    await expect(setUp(silence()).teacher.findModel(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
