import { describe, expect, it } from 'vitest';
import type { FaultsInput } from '../faults/faults-schema.ts';
import { faultsSchema } from '../faults/faults-schema.ts';
import { makePlan } from '../testing/make-plan.ts';
import { openAiRequest } from '../testing/open-ai-request.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { createTeacherCore } from './create-teacher-core.ts';

const SOME_OF_EACH: FaultsInput = {
  rateLimit: 0.1,
  rateLimitBare: 0.05,
  serverError: 0.1,
  cutConnection: 0.1,
  truncatedJson: 0.1,
  refusal: 0.05,
  wrongSchema: 0.1,
  malformedJson: 0.1,
  notJson: 0.1,
};
const NUMBERS = Array.from({ length: 40 }, (_, number) => number);

/** Asks for every plan until it is answered well, in the order given. */
async function labelAll(numbers: readonly number[], faults: FaultsInput, seed = 1) {
  const { simulatorFetch, requests } = createTeacherCore({
    seed,
    mistakes: 0.3,
    faults,
    clock: virtualClock(),
  });
  const labels = new Map<number, string>();
  for (const number of numbers) {
    for (let attempt = 1; attempt <= 4; attempt++) {
      const text = await simulatorFetch(...openAiRequest(number))
        .then((response) => response.text())
        .catch(() => '');
      if (requests().at(-1)?.outcome !== 'answered') continue;
      const { choices } = JSON.parse(text) as { choices: { message: { content: string } }[] };
      labels.set(number, choices[0]!.message.content);
      break;
    }
  }
  const outcomes = requests().map(({ item, attempt, outcome }) => `${item} ${attempt} ${outcome}`);
  return { labels, outcomes, requests: requests() };
}

describe('faults', () => {
  it('are the same in another instance, whatever the order of the requests', async () => {
    const first = await labelAll(NUMBERS, SOME_OF_EACH);
    const second = await labelAll(NUMBERS.toReversed(), SOME_OF_EACH);
    expect([...second.outcomes].sort()).toEqual([...first.outcomes].sort());
    expect((await labelAll(NUMBERS, SOME_OF_EACH, 2)).outcomes).not.toEqual(first.outcomes);
  });

  it('change only whether a retry is needed, never a label', async () => {
    const troubled = await labelAll(NUMBERS, SOME_OF_EACH);
    const calm = await labelAll(NUMBERS, {});
    expect(troubled.labels).toEqual(calm.labels);
    expect(troubled.labels.size).toBe(NUMBERS.length);
    expect(troubled.requests.length).toBeGreaterThan(calm.requests.length);
  });

  it('end after two for each request', async () => {
    const { requests } = await labelAll([1, 2, 3], { serverError: 1 });
    expect(requests.map(({ outcome }) => outcome)).toEqual(
      [1, 2, 3].flatMap(() => ['fault:serverError', 'fault:serverError', 'answered']),
    );
  });

  it('never end for items that always fail, nor without a bound', async () => {
    const { requests } = await labelAll([1, 2], { failAlways: ['000000002'] });
    expect(requests.map(({ outcome }) => outcome)).toEqual([
      'answered',
      ...Array.from({ length: 4 }, () => 'fault:failAlways'),
    ]);
    const endless = await labelAll([1], { notJson: 1, maxFaultsPerRequest: null });
    expect(endless.requests).toHaveLength(4);
  });

  it('bill what a teacher wrote, and nothing else', async () => {
    const paid = async (faults: FaultsInput) => (await labelAll([1], faults)).requests[0]!.completionTokens;
    expect(await paid({ serverError: 1 })).toBe(0);
    expect(await paid({ rateLimit: 1 })).toBe(0);
    expect(await paid({ cutConnection: 1 })).toBe(await paid({}));
    expect(await paid({ truncatedJson: 1 })).toBeGreaterThan(0);
  });

  it('are checked', () => {
    expect(() => createTeacherCore({ faults: { serverError: 1.5 } })).toThrow(/^faults\.serverError: /);
    expect(() => createTeacherCore({ faults: { serverErorr: 1 } as FaultsInput })).toThrow(/serverErorr/);
    expect(() => createTeacherCore({ mistakes: -1 })).toThrow(RangeError);
    expect(faultsSchema.safeParse({ serverError: 0.6, refusal: 0.6 }).success).toBe(false);
  });
});

describe('latency', () => {
  it.each([
    [{ distribution: 'fixed', median: 250 }, 250, 250],
    [{ distribution: 'uniform', min: 100, max: 300 }, 100, 300],
    [{ distribution: 'lognormal', median: 200, sigma: 0.5 }, 20, 2000],
  ] as const)('%j', async (latencyMs, least, most) => {
    const clock = virtualClock();
    const { simulatorFetch } = createTeacherCore({ faults: { latencyMs }, clock });
    const waits = [];
    for (const number of NUMBERS) {
      const start = clock.now();
      await simulatorFetch(...openAiRequest(number));
      waits.push(clock.now() - start);
    }
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits)).toBeLessThanOrEqual(most);
    const median = waits.sort((a, b) => a - b)[20]!;
    expect(median).toBeGreaterThan(140);
    expect(median).toBeLessThan(280);
  });

  it('ends for a client that goes away, which is logged as gone', async () => {
    const { simulatorFetch, requests } = createTeacherCore({
      faults: { latencyMs: { distribution: 'fixed', median: 60_000 } },
    });
    const [url, init] = openAiRequest(1);
    await expect(simulatorFetch(url, { ...init, signal: AbortSignal.timeout(20) })).rejects.toThrow(
      /timeout/,
    );
    expect(requests()).toMatchObject([{ outcome: 'client-gone', item: makePlan(1).image_name }]);
  });
});

describe('limits', () => {
  it('requests per minute: the next has to wait for its share of a minute', async () => {
    const clock = virtualClock();
    const { simulatorFetch, requests } = createTeacherCore({ faults: { requestsPerMinute: 3 }, clock });
    const ask = async (number: number) => simulatorFetch(...openAiRequest(number));
    expect([await ask(1), await ask(2), await ask(3)].map(({ status }) => status)).toEqual([200, 200, 200]);
    const refused = await ask(4);
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '20',
      'x-ratelimit-limit-requests': '3',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1m0s',
    });
    expect(await refused.json()).toMatchObject({
      error: { code: 'rate_limit_exceeded', message: expect.stringContaining('try again in 20s') },
    });
    clock.advance(19_000);
    expect((await ask(4)).status).toBe(429);
    clock.advance(1000);
    expect((await ask(4)).status).toBe(200);
    expect(requests().map(({ outcome }) => outcome)).toEqual([
      ...['answered', 'answered', 'answered'],
      ...['rate-limited', 'rate-limited', 'answered'],
    ]);
  });

  it('tokens per minute', async () => {
    const clock = virtualClock();
    const { simulatorFetch } = createTeacherCore({ faults: { tokensPerMinute: 3000 }, clock });
    expect((await simulatorFetch(...openAiRequest(1))).status).toBe(200);
    const refused = await simulatorFetch(...openAiRequest(2));
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { type: 'tokens' } });
    clock.advance(60_000);
    expect((await simulatorFetch(...openAiRequest(2))).status).toBe(200);
  });

  it('a request above the whole allowance never passes, and gets no hint', async () => {
    const { simulatorFetch } = createTeacherCore({ faults: { tokensPerMinute: 100 } });
    const refused = await simulatorFetch(...openAiRequest(1));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    expect(await refused.text()).toContain('Request too large');
  });
});
