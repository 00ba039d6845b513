import { describe, expect, it } from 'vitest';
import { createOpenaiCompatibleEmbedder } from './create-openai-compatible-embedder.ts';
import { embedderKey } from './embedder-key.ts';
import { createRunpodEmbedder } from './create-runpod-embedder.ts';

type Answer = { status?: number; headers?: Record<string, string>; body: unknown } | Error;
interface Seen {
  method: string;
  url: string;
  body: Record<string, unknown>;
}

/** A server that answers by a function, and notes what it was asked and how long was waited. */
function fakeServer(answer: (seen: Seen, nth: number) => Answer) {
  const calls: Seen[] = [];
  const waits: number[] = [];
  let time = 0;
  return {
    calls,
    waits,
    effects: {
      fetch: ((url: string, init: RequestInit) => {
        const body = JSON.parse((init.body as string | undefined) ?? '{}') as Record<string, unknown>;
        const seen = { method: init.method!, url, body };
        calls.push(seen);
        const given = answer(seen, calls.length);
        if (given instanceof Error) return Promise.reject(given);
        const { status = 200, headers = {} } = given;
        return Promise.resolve(new Response(JSON.stringify(given.body), { status, headers }));
      }) as typeof fetch,
      sleep: (ms: number, signal?: AbortSignal) => {
        waits.push(ms);
        time += ms;
        signal?.throwIfAborted();
        return Promise.resolve();
      },
      now: () => time,
    },
  };
}

const vectorOf = (text: string) => [text.length, 1, 0];
const dataOf = (input: unknown) =>
  (input as string[]).map((text, index) => ({ index, embedding: vectorOf(text) })).toReversed();
const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee'];

function openai(answer: (seen: Seen, nth: number) => Answer, more = {}) {
  const server = fakeServer(answer);
  const embedder = createOpenaiCompatibleEmbedder({
    ...server.effects,
    baseURL: 'http://host/v1/',
    model: 'm',
    apiKey: 'sk-secret',
    dimensions: 3,
    batchSize: 2,
    ...more,
  });
  return { ...server, embedder };
}

describe('createOpenaiCompatibleEmbedder', () => {
  it('is another engine where the vectors are cut elsewhere', () => {
    const key = (more: object) => embedderKey(openai(() => new Error('not asked'), more).embedder.identity);
    expect(key({ sendDimensions: false })).not.toBe(key({ sendDimensions: true }));
    expect(key({})).toBe(key({ sendDimensions: true }));
  });

  it('asks in batches and brings the vectors into order', async () => {
    const { embedder, calls } = openai(({ body }) => ({ body: { data: dataOf(body['input']) } }));
    const rows = await embedder.embed(texts, { kind: 'query' });
    expect(rows.map((row) => Math.round(row[0]! / row[1]!))).toEqual([1, 2, 3, 4, 5]);
    expect(calls).toHaveLength(3);
    expect(calls[0]).toMatchObject({ url: 'http://host/v1/embeddings', body: { model: 'm', dimensions: 3 } });
  });

  it('tries again after faults, and waits as long as a 429 says', async () => {
    const { embedder, waits } = openai(({ body }, nth) => {
      if (nth === 1) return { status: 503, body: {} };
      if (nth === 2) return { status: 429, headers: { 'retry-after': '7' }, body: {} };
      if (nth === 3) return { status: 429, body: {} };
      return nth === 4 ? new TypeError('fetch failed') : { body: { data: dataOf(body['input']) } };
    });
    await embedder.embed(['a'], { kind: 'query' });
    expect(waits).toEqual([2000, 7000, 60_000, 4000]);
  });

  it('gives up with one line that has no key in it', async () => {
    for (const status of [401, 503]) {
      const { embedder, calls } = openai(() => ({ status, body: { error: 'bad key sk-secret' } }));
      const error = await embedder
        .embed(['a'], { kind: 'query' })
        .catch((thrown: unknown) => thrown as Error);
      expect(error).toMatchObject({ code: 'unavailable', status });
      expect((error as Error).message).not.toContain('sk-secret');
      expect(calls).toHaveLength(status === 401 ? 1 : 4);
    }
  });

  it.each([
    ['fewer vectors', [{ index: 0, embedding: [1, 0, 0] }], '1 vectors for 2 texts (from text 0)'],
    [
      'another dimension',
      [
        [1, 0, 0],
        [1, 0],
      ],
      '2 dimensions instead of 3 for text 1',
    ],
    [
      'more dimensions than asked',
      [
        [1, 0, 0, 0],
        [1, 0, 0],
      ],
      '4 dimensions instead of 3 for text 0',
    ],
    [
      'NaN',
      [
        [1, 0, 0],
        [1, null, 0],
      ],
      'null at place 1 for text 1',
    ],
    [
      'only zeros',
      [
        [1, 0, 0],
        [0, 0, 0],
      ],
      'only zeros for text 1',
    ],
    [
      'one place twice',
      [
        { index: 0, embedding: [1] },
        { index: 0, embedding: [1] },
      ],
      'index 0 among 2',
    ],
  ])('names the text when the server gives %s', async (_name, vectors, message) => {
    const data = vectors.map((vector, index) =>
      Array.isArray(vector) ? { index, embedding: vector } : vector,
    );
    const { embedder } = openai(() => ({ body: { data } }));
    await expect(embedder.embed(['a', 'b'], { kind: 'query' })).rejects.toThrow(message);
  });

  it('cuts longer vectors where the server was not asked for dimensions', async () => {
    const { embedder, calls } = openai(() => ({ body: { data: [{ embedding: [3, 4, 0, 9] }] } }), {
      sendDimensions: false,
    });
    const [row] = await embedder.embed(['a'], { kind: 'document' });
    expect([...row!].map((value) => value.toFixed(3))).toEqual(['0.600', '0.800', '0.000']);
    expect(calls[0]!.body).not.toHaveProperty('dimensions');
  });
});

function runpod(answer: (seen: Seen, nth: number) => Answer, more = {}) {
  const server = fakeServer(answer);
  const options = {
    endpointId: 'e1',
    apiKey: 'rp-secret',
    dimensions: 3,
    batchSize: 4,
    concurrency: 1,
    ...more,
  };
  return { ...server, embedder: createRunpodEmbedder({ ...server.effects, ...options }) };
}

describe('createRunpodEmbedder', () => {
  it('runs jobs, looks until they have ended, and uses embed for a single text', async () => {
    const jobs: { action: string; text?: string; texts?: string[] }[] = [];
    const { embedder, calls, waits } = runpod(({ url, body }, nth) => {
      if (url.endsWith('/run')) {
        jobs.push(body['input'] as (typeof jobs)[0]);
        return { body: { id: `j${jobs.length}`, status: 'IN_QUEUE' } };
      }
      const { text, texts: many } = jobs.at(-1)!;
      if (nth === 2) return { body: { id: 'j1', status: 'IN_PROGRESS' } };
      const output = many ? { embeddings: many.map(vectorOf) } : { embedding: [...vectorOf(text!), 9] };
      return { body: { id: 'j', status: 'COMPLETED', output } };
    });
    const rows = await embedder.embed(texts, { kind: 'query' });
    expect(rows.map((row) => Math.round(row[0]! / row[1]!))).toEqual([1, 2, 3, 4, 5]);
    expect(jobs.map(({ action }) => action)).toEqual(['embed_batch', 'embed']);
    expect(waits).toEqual([1000, 1000, 1000]);
    expect(calls.map(({ url }) => url.slice(url.indexOf('/e1/')))).toEqual([
      '/e1/run',
      '/e1/status/j1',
      '/e1/status/j1',
      '/e1/run',
      '/e1/status/j2',
    ]);
  });

  it('says why a job failed', async () => {
    const { embedder } = runpod(() => ({ body: { id: 'j1', status: 'FAILED', error: 'out of memory' } }));
    await expect(embedder.embed(['a'], { kind: 'query' })).rejects.toThrow(
      /j1 ended FAILED \(out of memory\)/,
    );
  });

  it('cancels a job that takes too long or is aborted', async () => {
    const stuck = () => ({ body: { id: 'j1', status: 'IN_PROGRESS' } });
    const slow = runpod(stuck, { jobTimeoutMs: 3000 });
    await expect(slow.embedder.embed(['a'], { kind: 'query' })).rejects.toThrow('longer than 3000 ms');
    expect(slow.calls.at(-1)!.url).toMatch(/\/cancel\/j1$/);

    const stop = new AbortController();
    const aborted = runpod((_seen, nth) => {
      if (nth === 3) stop.abort(new Error('stopped'));
      return stuck();
    });
    await expect(aborted.embedder.embed(['a'], { kind: 'query', signal: stop.signal })).rejects.toThrow(
      'stopped',
    );
    expect(aborted.calls.at(-1)!.url).toMatch(/\/cancel\/j1$/);
  });

  it('names the text when there are fewer vectors', async () => {
    const output = { embeddings: [[1, 0, 0]] };
    const { embedder } = runpod(() => ({ body: { id: 'j1', status: 'COMPLETED', output } }));
    await expect(embedder.embed(['a', 'b'], { kind: 'query' })).rejects.toThrow('1 vectors for 2 texts');
  });
});

describe('a hostile server', () => {
  const embed = (body: ReadableStream | string, headers: Record<string, string> = {}, status = 200) => {
    const waits: number[] = [];
    const embedder = createOpenaiCompatibleEmbedder({
      baseURL: 'http://127.0.0.1:1/v1',
      model: 'm',
      dimensions: 3,
      fetch: () => Promise.resolve(new Response(body, { status, headers })),
      sleep: (ms: number) => Promise.resolve(void waits.push(ms)),
    });
    const done = embedder.embed(['a'], { kind: 'document' });
    return { done, waits };
  };

  it('cannot fill the memory with an answer without end', async () => {
    const piece = Buffer.alloc(2 ** 20, ' ');
    const { done } = embed(new ReadableStream({ pull: (controller) => controller.enqueue(piece) }));
    await expect(done).rejects.toMatchObject({ code: 'unavailable' });
    await expect(done).rejects.toThrow(/more than 268435456 bytes/);
  });

  it.each([
    '['.repeat(200_000) + ']'.repeat(200_000),
    `{"data":[{"index":${'['.repeat(9000)}${']'.repeat(9000)}}]}`,
    '{"data":{"length":1e9}}',
    '{"data":[{"embedding":{"length":1e9}}]}',
  ])('cannot end the process: %.40s', async (body) => {
    await expect(embed(body).done).rejects.toHaveProperty('name', 'EmbeddingError');
  });

  it('cannot make the run wait for years', async () => {
    const { done, waits } = embed('', { 'retry-after': '99999999999' }, 429);
    await expect(done).rejects.toHaveProperty('name', 'EmbeddingError');
    expect(Math.max(...waits)).toBe(86_400_000);
  });
});
