import { floorPlanAnalysisJsonSchema, strictFloorPlanAnalysisSchema } from '@arae/floorplan';
import { ApiError, GoogleGenAI, ThinkingLevel } from '@google/genai';
import type { GenerateContentConfig } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { createTeacherCore } from '../../core/create-teacher-core.ts';
import type { TeacherCoreOptions } from '../../core/options.ts';
import { makePlan, promptFor } from '../../testing/make-plan.ts';
import { virtualClock } from '../../testing/virtual-clock.ts';

function teacher(options: TeacherCoreOptions = {}, apiKey = 'any', apiVersion = 'v1beta') {
  const core = createTeacherCore({ mistakes: 0, clock: virtualClock(), ...options });
  const sent: { url: string; headers: Record<string, string>; body: unknown }[] = [];
  const recordingFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    sent.push({
      url: request.url,
      headers: Object.fromEntries(request.headers),
      body: text === '' ? null : JSON.parse(text),
    });
    return core.simulatorFetch(input, init);
  };
  const client = new GoogleGenAI({
    apiKey,
    apiVersion,
    httpOptions: { baseUrl: 'http://simulator', fetch: recordingFetch },
  });
  const ask = (extra: GenerateContentConfig = {}, number = 2, model = 'gemini-3.1-pro-preview') =>
    client.models.generateContent({
      model,
      contents: promptFor(makePlan(number)),
      config: {
        systemInstruction: '평가자',
        responseMimeType: 'application/json',
        responseJsonSchema: floorPlanAnalysisJsonSchema(),
        thinkingConfig: { thinkingLevel: ThinkingLevel.LOW },
        ...extra,
      },
    });
  return { ...core, client, ask, sent };
}

describe('the simulated Gemini', () => {
  it('answers with a label and its usage', async () => {
    const { ask, requests } = teacher();
    const response = await ask();
    const label: unknown = JSON.parse(response.text ?? '');
    expect(strictFloorPlanAnalysisSchema.parse(label).image_name).toBe('APT_FP_OBJ_000000002.PNG');
    expect(response.candidates?.[0]?.finishReason).toBe('STOP');
    const usage = response.usageMetadata!;
    expect(usage.thoughtsTokenCount).toBe(300);
    expect(usage.totalTokenCount).toBe(usage.promptTokenCount! + usage.candidatesTokenCount! + 300);
    expect(requests()).toMatchObject([
      { provider: 'gemini', outcome: 'answered', completionTokens: usage.candidatesTokenCount! + 300 },
    ]);
  });

  it.each(['v1', 'v1beta'])('understands what the SDK really sends with version %s', async (version) => {
    const { ask, sent } = teacher({}, 'the-key', version);
    await ask();
    expect(sent[0]).toMatchObject({
      url: `http://simulator/${version}/models/gemini-3.1-pro-preview:generateContent`,
      headers: { 'x-goog-api-key': 'the-key', 'content-type': 'application/json' },
      body: {
        contents: [{ role: 'user', parts: [{ text: promptFor(makePlan(2)) }] }],
        systemInstruction: { parts: [{ text: '평가자' }] },
        generationConfig: {
          responseMimeType: 'application/json',
          responseJsonSchema: floorPlanAnalysisJsonSchema(),
          thinkingConfig: { thinkingLevel: 'LOW' },
        },
      },
    });
    expect(sent[0]?.headers).not.toHaveProperty('authorization');
  });

  it('lists its models', async () => {
    const { client } = teacher();
    expect(await client.models.get({ model: 'gemini-3.1-pro-preview' })).toMatchObject({
      name: 'models/gemini-3.1-pro-preview',
      inputTokenLimit: 1_048_576,
    });
    const names = (await client.models.list()).page.map(({ name }) => name);
    expect(names).toContain('models/gemini-4-argon');
    await expect(client.models.get({ model: 'gemini-3-pro-preview' })).rejects.toMatchObject({ status: 404 });
  });

  it('thinks much by default, and leaves no text when the limit is below that', async () => {
    const { ask } = teacher();
    expect((await ask({ thinkingConfig: {} })).usageMetadata?.thoughtsTokenCount).toBe(3000);
    const cut = await ask({ maxOutputTokens: 200 });
    expect(cut.text).toBeUndefined();
    expect(cut.candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
  });

  it('refuses levels of thinking that a model lacks', async () => {
    const { ask } = teacher();
    const refused = [
      { thinkingConfig: { thinkingLevel: ThinkingLevel.MINIMAL } },
      { thinkingConfig: { thinkingLevel: ThinkingLevel.LOW, thinkingBudget: 100 } },
      { responseMimeType: 'text/plain' },
    ];
    for (const config of refused) await expect(ask(config)).rejects.toMatchObject({ status: 400 });
    await expect(ask({}, 2, 'gemini-2.5-pro')).rejects.toThrow(/Thinking level/);
  });

  it.each([
    ['wrong', 400, 'API_KEY_INVALID'],
    ['no-quota', 429, 'RESOURCE_EXHAUSTED'],
  ])('turns the key %s away', async (key, status, word) => {
    const error = await failure(teacher({}, key).ask());
    expect(error).toMatchObject({ status, message: expect.stringContaining(word) });
  });
});

describe('faults at the simulated Gemini', () => {
  const always = (kind: string) => teacher({ faults: { [kind]: 1, retryAfterSeconds: 17.5 } });

  it('rateLimit: a RetryInfo in the body, which the SDK hands over as text', async () => {
    const error = await failure(always('rateLimit').ask());
    expect(error).toBeInstanceOf(ApiError);
    expect(JSON.parse(error.message)).toMatchObject({
      error: {
        code: 429,
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '17.5s' }],
      },
    });
  });

  it('rateLimitBare: no details', async () => {
    const error = await failure(always('rateLimitBare').ask());
    expect(JSON.parse(error.message)).not.toHaveProperty('error.details');
  });

  it('serverError', async () => {
    await expect(always('serverError').ask()).rejects.toMatchObject({ status: 500 });
  });

  it('cutConnection: a TypeError as fetch gives it', async () => {
    const { ask } = always('cutConnection');
    const errors = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((number) => failure(ask({}, number))));
    expect(new Set(errors.map(({ name, message }) => `${name}: ${message}`))).toEqual(
      new Set(['TypeError: fetch failed', 'TypeError: terminated']),
    );
  });

  it('refusal: a blocked prompt or an answer withheld', async () => {
    const { ask } = always('refusal');
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((number) => ask({}, number)));
    expect(answers.map(({ text }) => text)).toEqual(answers.map(() => undefined));
    const reasons = answers.map((a) => a.promptFeedback?.blockReason ?? a.candidates?.[0]?.finishReason);
    expect(new Set(reasons)).toEqual(new Set(['PROHIBITED_CONTENT', 'SAFETY']));
  });

  it.each(['truncatedJson', 'notJson', 'malformedJson'])('%s', async (kind) => {
    const { text } = await always(kind).ask();
    expect(() => JSON.parse(text ?? '') as unknown).toThrow();
  });

  it('wrongSchema', async () => {
    const { text } = await always('wrongSchema').ask();
    expect(strictFloorPlanAnalysisSchema.safeParse(JSON.parse(text ?? '')).success).toBe(false);
  });
});

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: Error) => error,
  );
}
