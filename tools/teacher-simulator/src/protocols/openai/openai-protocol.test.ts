import { floorPlanAnalysisJsonSchema, strictFloorPlanAnalysisSchema } from '@arae/floorplan';
import { jsonrepair } from 'jsonrepair';
import OpenAI, { APIConnectionError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { describe, expect, it } from 'vitest';
import { createTeacherCore } from '../../core/create-teacher-core.ts';
import type { TeacherCoreOptions } from '../../core/options.ts';
import { makePlan, promptFor } from '../../testing/make-plan.ts';
import { virtualClock } from '../../testing/virtual-clock.ts';

const RESPONSE_FORMAT = {
  type: 'json_schema' as const,
  json_schema: { name: 'analysis', strict: true, schema: floorPlanAnalysisJsonSchema() },
};

function teacher(options: TeacherCoreOptions = {}, apiKey = 'any') {
  const core = createTeacherCore({ mistakes: 0, clock: virtualClock(), ...options });
  const client = new OpenAI({
    apiKey,
    baseURL: 'http://simulator/v1',
    maxRetries: 0,
    fetch: core.simulatorFetch,
  });
  const ask = (extra: Partial<ChatCompletionCreateParamsNonStreaming> = {}, number = 2) =>
    client.chat.completions.create({
      model: 'gpt-4o',
      messages: [
        { role: 'system', content: '평가자' },
        { role: 'user', content: promptFor(makePlan(number)) },
      ],
      response_format: RESPONSE_FORMAT,
      ...extra,
    });
  return { ...core, client, ask };
}

describe('the simulated OpenAI', () => {
  it('has local models, which need no response format', async () => {
    const { ask } = teacher();
    for (const model of ['arae', 'qwen3-8b']) {
      const free = await ask({ model, response_format: { type: 'text' }, max_tokens: 8000, temperature: 0 });
      const held = await ask({ model });
      expect(free.choices[0]?.message.content).toBe(held.choices[0]?.message.content);
      expect(free.usage!.prompt_tokens).toBeLessThan(held.usage!.prompt_tokens);
    }
    await expect(ask({ response_format: { type: 'text' } })).rejects.toMatchObject({ status: 400 });
  });

  it('answers with a label, its usage and its limits', async () => {
    const { ask, requests } = teacher();
    const { data, response, request_id } = await ask({ temperature: 0.1 }).withResponse();
    const label: unknown = JSON.parse(data.choices[0]?.message.content ?? '');
    expect(strictFloorPlanAnalysisSchema.parse(label).image_name).toBe('APT_FP_OBJ_000000002.PNG');
    expect(data.choices[0]).toMatchObject({ finish_reason: 'stop', message: { refusal: null } });
    expect(data.usage?.prompt_tokens).toBeGreaterThan(800);
    expect(data.usage?.total_tokens).toBe(data.usage!.prompt_tokens + data.usage!.completion_tokens);
    expect(request_id).toBe('req_1');
    expect(Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('x-rate')))).toEqual({
      'x-ratelimit-limit-requests': '10000',
      'x-ratelimit-limit-tokens': '30000000',
      'x-ratelimit-remaining-requests': '9999',
      'x-ratelimit-remaining-tokens': String(30_000_000 - data.usage!.total_tokens),
      'x-ratelimit-reset-requests': '6ms',
      'x-ratelimit-reset-tokens': expect.stringMatching(/^\dms$/),
    });
    expect(requests()).toMatchObject([
      {
        n: 1,
        at: '2026-11-23T00:00:00.000Z',
        provider: 'openai',
        model: 'gpt-4o',
        attempt: 1,
        item: 'APT_FP_OBJ_000000002.PNG',
        outcome: 'answered',
        mistake: null,
        promptTokens: data.usage!.prompt_tokens,
        completionTokens: data.usage!.completion_tokens,
      },
    ]);
  });

  it('says so when the messages hold no plan', async () => {
    const { ask } = teacher();
    const { choices } = await ask({ messages: [{ role: 'user', content: '안녕하세요' }] });
    expect(choices[0]?.message.content).toBe('no plan');
  });

  it('lists its models with the day they end', async () => {
    const { client } = teacher();
    expect(await client.models.retrieve('gpt-4o')).toMatchObject({
      id: 'gpt-4o',
      shutdown_date: '2027-01-14',
    });
    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toContain('gpt-6-luna');
    await expect(client.models.retrieve('gpt-9')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
  });

  it.each([
    ['temperature', { temperature: 0.1 }, 'unsupported_value'],
    ['max_tokens', { max_tokens: 4000 }, 'unsupported_parameter'],
  ])('refuses %s where the model thinks', async (param, extra, code) => {
    const { ask } = teacher();
    await expect(ask({ model: 'gpt-6-luna', ...extra })).rejects.toMatchObject({ status: 400, code, param });
  });

  it('takes a temperature without thinking, and counts thinking as output', async () => {
    const { ask } = teacher();
    const calm = await ask({ model: 'gpt-6-luna', temperature: 0.1, reasoning_effort: 'none' });
    expect(calm.usage?.completion_tokens_details?.reasoning_tokens).toBe(0);
    const thoughtful = await ask({ model: 'gpt-6-luna' });
    expect(thoughtful.usage?.completion_tokens_details?.reasoning_tokens).toBe(640);
  });

  it('wants a strict schema that forbids and requires everything', async () => {
    const { ask } = teacher();
    const schema = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false };
    const json_schema = { name: 'x', strict: true, schema };
    await expect(ask({ response_format: { type: 'json_object' } })).rejects.toMatchObject({
      status: 400,
      param: 'response_format',
    });
    await expect(ask({ response_format: { type: 'json_schema', json_schema } })).rejects.toThrow(
      /Missing 'a'/,
    );
    await expect(
      ask({ response_format: { type: 'json_schema', json_schema: { ...json_schema, strict: false } } }),
    ).rejects.toMatchObject({ status: 400 });
  });

  it.each([
    ['wrong', { status: 401, code: 'invalid_api_key' }],
    ['no-quota', { status: 429, code: 'insufficient_quota', type: 'insufficient_quota' }],
  ])('turns the key %s away', async (key, error) => {
    const { ask, requests } = teacher({}, key);
    await expect(ask()).rejects.toMatchObject(error);
    expect(requests()).toMatchObject([{ outcome: 'rejected', promptTokens: 0 }]);
  });

  it('ends at the limit of tokens', async () => {
    const { ask } = teacher();
    const { choices, usage } = await ask({ max_completion_tokens: 50 });
    expect(choices[0]?.finish_reason).toBe('length');
    expect(usage?.completion_tokens).toBe(50);
  });
});

describe('faults at the simulated OpenAI', () => {
  const always = (kind: string) => teacher({ faults: { [kind]: 1, retryAfterSeconds: 17.5 } });

  it('rateLimit: says how long to wait', async () => {
    const error = await failure(always('rateLimit').ask());
    expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    expect((error as { headers: Headers }).headers.get('retry-after')).toBe('18');
    expect((error as { headers: Headers }).headers.get('retry-after-ms')).toBe('17500');
  });

  it('rateLimitBare: does not', async () => {
    const error = (await failure(always('rateLimitBare').ask())) as { status: number; headers: Headers };
    expect(error.status).toBe(429);
    expect([...error.headers.keys()].filter((name) => /retry|ratelimit/.test(name))).toEqual([]);
  });

  it('serverError', async () => {
    await expect(always('serverError').ask()).rejects.toMatchObject({ status: 500, type: 'server_error' });
  });

  it('cutConnection: before the headers, or in the body', async () => {
    const { ask } = always('cutConnection');
    const errors = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((number) => failure(ask({}, number))));
    const kinds = new Set(errors.map((error) => (error as Error).constructor.name));
    expect(kinds).toEqual(new Set([APIConnectionError.name, TypeError.name]));
  });

  it('truncatedJson', async () => {
    const { ask } = always('truncatedJson');
    const choices = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (number) => (await ask({}, number)).choices[0]),
    );
    for (const choice of choices)
      expect(() => JSON.parse(choice?.message.content ?? '') as unknown).toThrow();
    expect(new Set(choices.map((choice) => choice?.finish_reason))).toEqual(new Set(['stop', 'length']));
  });

  it('refusal', async () => {
    const { choices, usage } = await always('refusal').ask();
    expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: null } });
    expect(choices[0]?.message.refusal).toMatch(/sorry/);
    expect(usage?.completion_tokens).toBeLessThan(30);
  });

  it('wrongSchema', async () => {
    const { choices } = await always('wrongSchema').ask();
    const label: unknown = JSON.parse(choices[0]?.message.content ?? '');
    expect(strictFloorPlanAnalysisSchema.safeParse(label).success).toBe(false);
  });

  it('malformedJson: can be repaired to the same label', async () => {
    const { ask } = always('malformedJson');
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const text = (await ask({}, number)).choices[0]?.message.content ?? '';
      const good = (await teacher().ask({}, number)).choices[0]?.message.content;
      expect(() => JSON.parse(text) as unknown).toThrow();
      expect(JSON.stringify(JSON.parse(jsonrepair(text)))).toBe(good);
    }
  });

  it('notJson', async () => {
    const { choices } = await always('notJson').ask();
    expect(choices[0]?.message.content).toMatch(/^도면을/);
  });
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error,
  );
}
