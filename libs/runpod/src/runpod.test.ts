import { describe, expect, it } from 'vitest';
import { createPodOnce } from './create-pod-once.ts';
import { createRunpodClient } from './create-runpod-client.ts';
import { rentPod } from './rent-pod.ts';
import { FAKE_KEY, FakeRunpod, type FakeRunpodOptions } from './testing/fake-runpod.ts';
import { waitForSsh } from './wait-for-ssh.ts';

function start(options: FakeRunpodOptions = {}, apiKey = FAKE_KEY) {
  const fake = new FakeRunpod(options);
  const client = createRunpodClient({ apiKey, fetch: fake.fetch, sleep: fake.sleep, now: fake.now });
  return { fake, client };
}

const request = {
  name: 'arae-1',
  image: 'runpod/pytorch',
  cloud: 'SECURE',
  disk: 50,
  mounts: { persistent: { size: 100, path: '/workspace' } },
  ports: ['22/tcp'],
  startSsh: true,
} as const;
const sxm = 'NVIDIA A100-SXM4-80GB';
const one = { ...request, gpu: { id: sxm, count: 1 } };

describe('requests', () => {
  it('wait as long as a 429 says, and try again after faults', async () => {
    const { fake, client } = start();
    fake.faults.push(
      { on: 'GET /pods', fault: { status: 429, headers: { 'retry-after': '12' } } },
      {
        on: 'GET /pods',
        fault: { status: 429, headers: { ratelimit: '"minute";r=0;t=21, "hour";r=9;t=900' } },
      },
      { on: 'GET /pods', fault: { status: 503 } },
      { on: 'GET /pods', fault: 'lost-before' },
    );
    expect(await client.listPods()).toEqual([]);
    expect(fake.waits).toEqual([12_000, 21_000, 1000, 4000]);
  });

  it.each([
    [401, 'bad-key'],
    [402, 'no-balance'],
    [403, 'forbidden'],
    [409, 'conflict'],
    [422, 'bad-request'],
  ])('are not repeated after %i', async (status, code) => {
    const { fake, client } = start();
    fake.faults.push({ on: 'GET', fault: { status } });
    await expect(client.listPods()).rejects.toMatchObject({ code, status });
    expect(fake.calls).toHaveLength(1);
  });

  it('never show the key, even where the server repeats it across the cut', async () => {
    const { fake, client } = start();
    fake.faults.push({ on: 'GET', fault: { status: 422, detail: `${'x'.repeat(275)} ${FAKE_KEY}` } });
    const error = await client.listPods().catch((thrown: unknown) => thrown as Error);
    expect(String((error as Error).stack)).not.toContain('rpa_');
    expect((error as Error).message).toContain('***');
  });

  it('refuse a key that cannot be sent, without showing it', () => {
    expect(() => start({}, 'rpa_X\n')).toThrow(/^(?!.*rpa_X).*empty or has a space/);
  });

  it('read every page', async () => {
    const { client } = start({ pageSize: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await client.createPod({ ...one, name });
    expect((await client.listPods()).map((pod) => pod.name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('createPodOnce', () => {
  it('finds the pod whose creation lost its answer, and never sends it again', async () => {
    const { fake, client } = start();
    fake.faults.push({ on: 'POST /pods', fault: 'lost-after' });
    expect((await createPodOnce(client, one)).pod.id).toBe('pod1');
    expect(fake.calls.filter((call) => call === 'POST /pods')).toHaveLength(1);
  });

  it('gives up where nothing came of it, rather than risk a second pod', async () => {
    const { fake, client } = start();
    fake.faults.push({ on: 'POST /pods', fault: { status: 502 } });
    await expect(createPodOnce(client, one)).rejects.toMatchObject({ code: 'unavailable' });
    expect(fake.calls.filter((call) => call === 'POST /pods')).toHaveLength(1);
  });

  it('takes the pod that is there, also from a later page', async () => {
    const { fake, client } = start({ pageSize: 1 });
    await client.createPod({ ...one, name: 'other' });
    await client.createPod(one);
    expect(await createPodOnce(client, one)).toMatchObject({ pod: { id: 'pod2' }, created: false });
    expect(fake.pods).toHaveLength(2);
  });

  it('does not take a pod that is terminated, which the list may still show', async () => {
    const { client } = start();
    const dead = { ...(await client.createPod(one)), status: 'TERMINATED' };
    const listing = { ...client, listPods: () => Promise.resolve([dead]) };
    expect(await createPodOnce(listing, one)).toMatchObject({ pod: { id: 'pod2' }, created: true });
  });

  it('names the pods where several have the name', async () => {
    const { client } = start();
    await client.createPod(one);
    await client.createPod(one);
    await expect(createPodOnce(client, one)).rejects.toMatchObject({
      code: 'ambiguous',
      podIds: ['pod1', 'pod2'],
    });
  });
});

describe('rentPod', () => {
  it('goes on to the next GPU where one is taken', async () => {
    const { fake, client } = start({ full: new Set([sxm]) });
    await rentPod(client, { request });
    expect(fake.living.map((pod) => pod.gpuId)).toEqual(['NVIDIA A100 80GB PCIe']);
  });

  it('says what was refused for each, and stops at an empty balance', async () => {
    const { fake, client } = start({ prices: {} });
    await expect(rentPod(client, { request })).rejects.toMatchObject({
      code: 'rule-or-capacity',
      message: expect.stringMatching(/A100-SXM4.*A100 80GB PCIe.*H100/) as string,
    });
    fake.faults.push({ on: 'POST', fault: { status: 402 } });
    const before = fake.calls.length;
    await expect(rentPod(client, { request })).rejects.toMatchObject({ code: 'no-balance' });
    expect(fake.calls.slice(before)).toEqual(['GET /pods', 'POST /pods']);
  });
});

describe('waitForSsh', () => {
  it('waits for a slow pod, which bills from its creation to its deletion', async () => {
    const { fake, client } = start({ startMs: 60_000, latencyMs: 100 });
    const { pod } = await rentPod(client, { request });
    expect((await waitForSsh(client, { podId: pod.id })).ssh).toMatchObject({ port: 2222, username: 'root' });
    await client.deletePod(pod.id);
    await client.deletePod(pod.id);
    const bill = fake.bill;
    expect(bill).toBeGreaterThan((60 / 3600) * 1.79);
    fake.timeMs += 3_600_000;
    expect(fake.bill).toBe(bill);
    expect(fake.living).toEqual([]);
  });

  it('tells a pod that vanished, ended or is too slow', async () => {
    const { fake, client } = start({ startMs: 3_600_000 });
    await client.createPod(one);
    await expect(waitForSsh(client, { podId: 'pod1' })).rejects.toMatchObject({
      code: 'too-slow',
      podIds: ['pod1'],
    });
    fake.pods[0]!.ended = 'ERROR';
    await expect(waitForSsh(client, { podId: 'pod1' })).rejects.toMatchObject({ code: 'pod-lost' });
    fake.pods[0]!.deletedMs = fake.timeMs;
    await expect(waitForSsh(client, { podId: 'pod1' })).rejects.toMatchObject({ code: 'pod-lost' });
  });
});

describe('answers that lie', () => {
  function answering(body: string | ReadableStream, headers: Record<string, string> = {}, status = 200) {
    const waits: number[] = [];
    let calls = 0;
    const client = createRunpodClient({
      apiKey: FAKE_KEY,
      fetch: () => Promise.resolve(new Response((calls++, body), { status, headers })),
      sleep: (ms) => Promise.resolve(void waits.push(ms)),
      now: () => 0,
    });
    return { client, waits, calls: () => calls };
  }
  const pod = {
    id: 'p',
    name: 'n',
    status: 'RUNNING',
    ssh: { direct: { host: '1.2.3.4', port: 22, username: 'root' } },
  };

  it.each([
    { host: '-oProxyCommand=touch /tmp/evil' },
    { host: '1.2.3.4 -oProxyCommand=x' },
    { username: '-oProxyCommand=touch /tmp/evil;' },
    { username: 'a b' },
    { username: 'a@b' },
    { port: 0 },
    { port: 70_000 },
  ])('name no host or user that ssh would take for an option: %j', async (change) => {
    const direct = { ...pod.ssh.direct, ...change };
    const { client } = answering(JSON.stringify({ ...pod, ssh: { direct } }));
    await expect(client.findPod('p')).rejects.toMatchObject({ code: 'bad-answer' });
  });

  it.each(['1.2.3.4', '::1', '[2001:db8::1]', 'ssh.runpod.io', '100-65-0-1.pods.example'])(
    'may name %s',
    async (host) => {
      const { client } = answering(JSON.stringify({ ...pod, ssh: { direct: { ...pod.ssh.direct, host } } }));
      await expect(client.findPod('p')).resolves.toMatchObject({ ssh: { direct: { host } } });
    },
  );

  it.each(['-x', '../p', 'a b', ''])('name no pod %j', async (id) => {
    await expect(answering(JSON.stringify({ ...pod, id })).client.findPod('p')).rejects.toMatchObject({
      code: 'bad-answer',
    });
  });

  it('neither fill the memory nor overflow the stack', async () => {
    const piece = Buffer.alloc(2 ** 20, ' ');
    const endless = answering(new ReadableStream({ pull: (controller) => controller.enqueue(piece) }));
    await expect(endless.client.findPod('p')).rejects.toMatchObject({ code: 'bad-answer' });
    for (const body of [
      '['.repeat(200_000) + ']'.repeat(200_000),
      `{"error":${'['.repeat(9000)}${']'.repeat(9000)}}`,
    ]) {
      for (const status of [200, 400]) {
        await expect(answering(body, {}, status).client.findPod('p')).rejects.toHaveProperty(
          'name',
          'RunpodError',
        );
      }
    }
  });

  it('make the run neither wait for years nor turn pages without end', async () => {
    const { client, waits } = answering('', { 'retry-after': '99999999999' }, 429);
    await expect(client.findPod('p')).rejects.toMatchObject({ code: 'rate-limited' });
    expect(Math.max(...waits)).toBe(86_400_000);
    let cursor = 0;
    const pages = createRunpodClient({
      apiKey: FAKE_KEY,
      fetch: () =>
        Promise.resolve(
          Response.json({ pods: [], pagination: { hasNextPage: true, nextCursor: `${cursor++}` } }),
        ),
      sleep: () => Promise.resolve(),
      now: () => 0,
    });
    await expect(pages.listPods()).rejects.toMatchObject({ code: 'bad-answer' });
  });
});
