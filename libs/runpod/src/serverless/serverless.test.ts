import { describe, expect, it } from 'vitest';
import { FAKE_KEY } from '../testing/fake-runpod.ts';
import { FakeServerless, type FakeServerlessOptions } from '../testing/fake-serverless.ts';
import { createRequestGate } from './create-request-gate.ts';
import { createServerlessClient, MAX_RUN_BYTES } from './create-serverless-client.ts';
import { hasEnded, jobFault } from './job-schema.ts';

const policy = { executionTimeout: 60_000, ttl: 600_000 };

function start(options: Partial<FakeServerlessOptions> = {}, apiKey = FAKE_KEY, endpointId = 'ep1') {
  const fake = new FakeServerless({ work: () => ({ output: 'seen' }), ...options });
  const { fetch, sleep, now } = fake;
  return { fake, client: createServerlessClient({ apiKey, endpointId, fetch, sleep, now }) };
}

describe('a job', () => {
  it('waits, works, and is COMPLETED with its output and what it took', async () => {
    const { fake, client } = start({ executionMs: 900 });
    const { id, status } = await client.submit({ a: 1 }, policy);
    expect(status).toBe('IN_QUEUE');
    expect((await client.status(id))?.status).toBe('IN_PROGRESS');
    await fake.sleep(1000);
    const job = (await client.status(id))!;
    expect(job).toMatchObject({ status: 'COMPLETED', output: 'seen', executionTime: 900 });
    expect(hasEnded(job)).toBe(true);
    expect(jobFault(job)).toBeUndefined();
    await fake.sleep(1_800_001);
    expect(await client.status(id)).toBeUndefined();
  });

  it('is cancelled, but not once it has ended; one that is gone is told so', async () => {
    const { fake, client } = start({ workers: 1 });
    const first = await client.submit({}, policy);
    const second = await client.submit({}, policy);
    expect((await client.cancel(second.id))?.status).toBe('CANCELLED');
    await fake.sleep(1000);
    expect((await client.cancel(first.id))?.status).toBe('COMPLETED');
    expect(await client.cancel('job-99')).toBeUndefined();
  });

  it.each([
    [{ status: 'FAILED', error: 'CUDA\n out of memory' }, 'ended FAILED (CUDA out of memory)'],
    [{ status: 'COMPLETED', output: { error: { code: 7 } } }, 'ended COMPLETED ({"code":7})'],
    [{ status: 'TIMED_OUT' }, 'ended TIMED_OUT'],
  ])('tells its fault in one line: %o', (job, words) => {
    expect(jobFault({ id: 'j', ...job })).toBe(words);
  });
});

describe('requests', () => {
  it('over the limit of the queue are not sent', async () => {
    const { fake, client } = start();
    const input = { image: 'x'.repeat(MAX_RUN_BYTES - 50) };
    await expect(client.submit(input, policy)).rejects.toMatchObject({ code: 'too-large' });
    expect(fake.calls).toEqual([]);
    await client.submit({ image: 'x'.repeat(MAX_RUN_BYTES - 200) }, policy);
  });

  it('submit once, whatever the fault; look again after faults', async () => {
    const { fake, client } = start();
    fake.faults.push({ on: 'POST /run', fault: 'lost-after' });
    await expect(client.submit({}, policy)).rejects.toMatchObject({ code: 'unavailable' });
    fake.faults.push({ on: 'POST /run', fault: { status: 502 } });
    await expect(client.submit({}, policy)).rejects.toMatchObject({ code: 'unavailable', status: 502 });
    expect(fake.jobs).toHaveLength(1);
    fake.faults.push(
      { on: 'GET /status', fault: { status: 500 } },
      { on: 'GET /status', fault: 'lost-before' },
    );
    expect((await client.status('job-1'))?.id).toBe('job-1');
    expect(fake.waits).toEqual([1000, 4000]);
  });

  it('one 429 holds up all others of its kind as long as it says', async () => {
    const { fake, client } = start();
    for (let n = 0; n < 3; n++) await client.submit({}, policy);
    const begun = fake.now();
    fake.faults.push({ on: 'GET /status', fault: { status: 429, headers: { 'retry-after': '20' } } });
    await client.status('job-1');
    await Promise.all([client.status('job-2'), client.status('job-3')]);
    expect(fake.now() - begun).toBe(20_000);
    expect(fake.calls.filter((call) => call.startsWith('GET'))).toHaveLength(4);
    // Also those that come while the first one waits.
    fake.faults.push({ on: 'GET /status', fault: { status: 429, headers: { 'retry-after': '20' } } });
    const order: string[] = [];
    await Promise.all([
      client.status('job-1').then(() => order.push(`1 after ${fake.now() - begun}`)),
      Promise.resolve().then(async () => {
        while (fake.faults.length > 0) await new Promise((resolve) => setImmediate(resolve));
        await client.status('job-2');
        order.push(`2 after ${fake.now() - begun}`);
      }),
    ]);
    expect(order.map((line) => Number(line.split(' ').at(-1)) >= 40_000)).toEqual([true, true]);
  });

  it.each([
    [401, 'bad-key', /check the API key/],
    [402, 'no-balance', /add credit/],
    [404, 'not-found', /look whether endpoint ep1 is there/],
    [400, 'bad-request', /the queue did not take the input/],
  ])('tell %i as %s', async (status, code, words) => {
    const { fake, client } = start();
    fake.faults.push({ on: 'POST /run', fault: { status, detail: `no ${FAKE_KEY}` } });
    const error = await client.submit({}, policy).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code, message: expect.stringMatching(words) as string });
    expect((error as Error).stack).not.toContain(FAKE_KEY);
    expect((error as Error).message).toContain('no ***');
  });

  it('refuse an endpoint or a key that is none', () => {
    expect(() => start({}, FAKE_KEY, '../ep1')).toThrow(/no endpoint id/);
    expect(() => start({}, 'two words')).toThrow(/has a space/);
  });
});

describe('the gate', () => {
  it('begins no more in a window than allowed, and no more at a time', async () => {
    let time = 0;
    const begun: number[] = [];
    let most = 0;
    let active = 0;
    const gate = createRequestGate({
      perWindow: 3,
      windowMs: 100,
      concurrent: 2,
      now: () => time,
      sleep: async (ms) => {
        await new Promise((resolve) => setImmediate(resolve));
        time += ms;
      },
    });
    await Promise.all(
      Array.from({ length: 10 }, () =>
        gate.pass(async () => {
          most = Math.max(most, ++active);
          begun.push(time);
          await new Promise((resolve) => setImmediate(resolve));
          active--;
        }),
      ),
    );
    expect(most).toBe(2);
    for (let n = 3; n < begun.length; n++) expect(begun[n]! - begun[n - 3]!).toBeGreaterThanOrEqual(100);
  });

  it('lets others pass after one was aborted while it waited', async () => {
    const gate = createRequestGate({
      perWindow: 1,
      windowMs: 1,
      concurrent: 1,
      now: () => 5,
      sleep: () => Promise.resolve(),
    });
    await expect(gate.pass(() => Promise.resolve(1), AbortSignal.abort(new Error('gone')))).rejects.toThrow(
      'gone',
    );
    expect(await gate.pass(() => Promise.resolve(2))).toBe(2);
  });
});
