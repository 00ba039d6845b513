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
import { createGeminiTeacher } from './gemini-teacher.ts';
import type { GeminiTeacherOptions } from './gemini-teacher.ts';

const KEY = 'AIzaMARKEDKEY123456';
const MODEL = 'gemini-3.1-pro-preview';

function setUp(reply: FetchReply | FetchReply[], options: Partial<GeminiTeacherOptions> = {}) {
  const { fetch, sent } = createFakeFetch(...[reply].flat());
  const teacher = createGeminiTeacher({
    apiKey: KEY,
    model: MODEL,
    temperature: null,
    thinkingLevel: 'LOW',
    maxOutputTokens: 16_000,
    timeoutMs: 5000,
    fetch,
    ...options,
  });
  return { teacher, sent, ask: (signal?: AbortSignal) => teacher.ask(makeItem('plan'), signal) };
}

const answerWith = (candidate: object, more: object = {}) => ({
  candidates: [candidate],
  usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5 },
  modelVersion: MODEL,
  responseId: 'gemini-1',
  ...more,
});
const good = answerWith({ content: { parts: [{ text: '{"a":1}' }] }, finishReason: 'STOP' });
const errorBody = (code: number, status: string, details: object[] = []) => ({
  error: { code, message: `Bad thing\nwith ${KEY}`, status, details },
});

describe('the request to Gemini', () => {
  it('holds contents, system instruction, schema and thinking, and nothing else', async () => {
    const { ask, sent } = setUp(json(200, good));
    await ask();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: `https://generativelanguage.googleapis.com/v1/models/${MODEL}:generateContent`,
      method: 'POST',
    });
    expect(sent[0]?.headers.get('x-goog-api-key')).toBe(KEY);
    expect(sent[0]?.body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'plan plan' }] }],
      systemInstruction: { role: 'user', parts: [{ text: 'You label plans.' }] },
      generationConfig: {
        maxOutputTokens: 16_000,
        responseMimeType: 'application/json',
        responseJsonSchema: floorPlanAnalysisJsonSchema(),
        thinkingConfig: { thinkingLevel: 'LOW' },
      },
    });
  });

  it('leaves out what is null, takes a temperature and another version', async () => {
    const { ask, sent } = setUp(json(200, good), {
      temperature: 0.5,
      thinkingLevel: null,
      maxOutputTokens: null,
      apiVersion: 'v1beta',
      baseURL: 'http://localhost:1',
    });
    await ask();
    expect(sent[0]?.url).toBe(`http://localhost:1/v1beta/models/${MODEL}:generateContent`);
    const { generationConfig } = sent[0]?.body as { generationConfig: object };
    expect(Object.keys(generationConfig).sort()).toEqual([
      'responseJsonSchema',
      'responseMimeType',
      'temperature',
    ]);
  });
});

describe('the answer of Gemini', () => {
  it('comes without thoughts, and with all tokens that are billed', async () => {
    const parts = [{ text: 'I think', thought: true }, { text: '{"a"' }, { text: ':1}' }];
    const usageMetadata = {
      promptTokenCount: 3000,
      cachedContentTokenCount: 1000,
      candidatesTokenCount: 900,
      thoughtsTokenCount: 600,
      toolUsePromptTokenCount: 20,
    };
    const { ask } = setUp(
      json(200, answerWith({ content: { parts }, finishReason: 'STOP' }, { usageMetadata })),
    );
    expect(await ask()).toEqual({
      text: '{"a":1}',
      refusal: null,
      finishReason: 'STOP',
      isCut: false,
      usage: { inputTokens: 3020, cachedInputTokens: 1000, outputTokens: 1500, thinkingTokens: 600 },
      model: MODEL,
      responseId: 'gemini-1',
    });
  });

  it.each(['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII'])(
    'is a refusal with %s',
    async (reason) => {
      const { ask } = setUp(json(200, answerWith({ finishReason: reason })));
      expect(await ask()).toMatchObject({
        refusal: reason,
        text: '',
        usage: { inputTokens: 10, outputTokens: 5 },
      });
    },
  );

  it('is a refusal when the prompt was blocked', async () => {
    const { ask } = setUp(
      json(200, { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { promptTokenCount: 10 } }),
    );
    expect(await ask()).toMatchObject({
      refusal: 'SAFETY',
      text: '',
      usage: { inputTokens: 10, outputTokens: 0 },
    });
  });

  it.each(['MAX_TOKENS', 'CONTINUATION'])(
    'is cut with %s, and nothing more is asked',
    async (finishReason) => {
      const candidate = { content: { parts: [{ text: '{"a"' }] }, finishReason, continuationToken: 'more' };
      const { ask, sent } = setUp([json(200, answerWith(candidate)), json(200, good)]);
      expect(await ask()).toMatchObject({ isCut: true, refusal: null, text: '{"a"' });
      expect(sent).toHaveLength(1);
    },
  );

  it('may lack everything', async () => {
    expect(await setUp(json(200, {})).ask()).toMatchObject({ text: '', finishReason: 'none', model: MODEL });
  });
});

describe('an error of Gemini', () => {
  it.each<[number, string, object[], string]>([
    [400, 'INVALID_ARGUMENT', [], 'RejectedRequestError'],
    [400, 'INVALID_ARGUMENT', [{ reason: 'API_KEY_INVALID' }], 'TeacherUnavailableError'],
    [401, 'UNAUTHENTICATED', [], 'TeacherUnavailableError'],
    [400, 'FAILED_PRECONDITION', [], 'TeacherUnavailableError'],
    [402, 'UNKNOWN', [], 'TeacherUnavailableError'],
    [403, 'PERMISSION_DENIED', [], 'TeacherUnavailableError'],
    [404, 'NOT_FOUND', [], 'TeacherUnavailableError'],
    [408, 'CANCELLED', [], 'TransientTeacherError'],
    [409, 'ABORTED', [], 'TransientTeacherError'],
    [413, 'INVALID_ARGUMENT', [], 'RejectedRequestError'],
    [429, 'RESOURCE_EXHAUSTED', [], 'RateLimitedError'],
    [500, 'INTERNAL', [], 'TransientTeacherError'],
    [503, 'UNAVAILABLE', [], 'TransientTeacherError'],
    [504, 'DEADLINE_EXCEEDED', [], 'TransientTeacherError'],
  ])('%i %s %o is a %s, after one request, and shows no key', async (status, code, details, name) => {
    const { ask, sent } = setUp(json(status, errorBody(status, code, details)));
    const error = (await ask().catch((caught: unknown) => caught)) as Error;
    expect(error).toMatchObject({ name, status, code });
    expect(error.message).not.toContain('\n');
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('MARKED');
    expect(sent).toHaveLength(1);
  });

  it.each<[string | null, number | null]>([
    ['17.5s', 17_500],
    ['120s', 120_000],
    [null, null],
  ])('429 with a delay of %s waits %s ms', async (retryDelay, retryAfterMs) => {
    const info = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay };
    const details = retryDelay === null ? [] : [info];
    const { ask } = setUp(json(429, errorBody(429, 'RESOURCE_EXHAUSTED', details)));
    await expect(ask()).rejects.toMatchObject({ name: 'RateLimitedError', retryAfterMs });
  });

  it('refuses a key that no header can carry, without showing it', () => {
    expect(() => setUp(json(200, good), { apiKey: 'AIza\nMARKED' })).toThrow(
      /^gemini: the key is empty or holds/,
    );
  });

  it('hides a key that looks like none', async () => {
    const apiKey = 'own/format/MARKED-9';
    const { ask } = setUp(html(500, `proxy says ${apiKey}`), { apiKey });
    await expect(ask()).rejects.toMatchObject({
      message: expect.stringContaining('proxy says [key]') as string,
    });
  });
});

describe('a connection to Gemini', () => {
  it.each<[string, FetchReply]>([
    ['cut before the headers', cutBeforeHeaders()],
    ['cut in the body', cutInBody(good)],
    ['cut in the body without a cause', cutInBody(good, undefined)],
    ['with a page of a proxy', html(200, '<html></html>')],
    ['with an error page', html(502, '<html>bad gateway</html>')],
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

  it('that is aborted ends with the reason of the signal', async () => {
    const abort = new AbortController();
    const reason = new Error('stopped by hand');
    const { ask } = setUp(silence(() => abort.abort(reason)));
    await expect(ask(abort.signal)).rejects.toBe(reason);
    await expect(ask(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('the model lookup at Gemini', () => {
  it('finds the model', async () => {
    const { teacher, sent } = setUp(json(200, { name: `models/${MODEL}` }));
    expect(await teacher.findModel()).toEqual({ id: MODEL, shutdownDate: null });
    expect(sent[0]?.url).toContain(`/v1/models/${MODEL}`);
  });

  it('names the models that exist, from all pages', async () => {
    const { teacher } = setUp([
      json(404, errorBody(404, 'NOT_FOUND')),
      json(200, { models: [{ name: 'models/gemini-4-argon' }], nextPageToken: 'next' }),
      json(200, { models: [{ name: 'models/gemini-3.8-flash' }] }),
    ]);
    await expect(teacher.findModel()).rejects.toMatchObject({
      message: `gemini has no model "${MODEL}": choose one of gemini-3.8-flash, gemini-4-argon`,
      available: ['gemini-3.8-flash', 'gemini-4-argon'],
    });
  });

  it('fails like a request', async () => {
    await expect(setUp(json(403, errorBody(403, 'X'))).teacher.findModel()).rejects.toMatchObject({
      name: 'TeacherUnavailableError',
    });
    const reason = new Error('stopped');
    await expect(setUp(silence()).teacher.findModel(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
