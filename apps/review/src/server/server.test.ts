import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ContradictionsAnswer, ItemAnswer, SessionAnswer } from '../contract.ts';
import { UsageError } from '../errors.ts';
import { DrawingPictures } from '../items/drawing-pictures.ts';
import { openReviewFolder } from '../items/review-folder.ts';
import { openReviewStore } from '../items/review-store.ts';
import { labelledFolder, type LabelledFolder } from '../testing/labelled-folder.ts';
import { reviewsIn } from '../testing/read-reviews.ts';
import { createReviewApp } from './create-app.ts';
import { startServer } from './start-server.ts';

const TOKEN = 'a-token-of-the-test';
const POINTS = { correctness: 4, completeness: 3, usefulness: 5 };

/** A running server, and requests of its page. */
async function serve({ data, images }: LabelledFolder) {
  const folder = await openReviewFolder({ data, images, teachers: null });
  const pageFolder = join(data, 'page');
  mkdirSync(pageFolder, { recursive: true });
  writeFileSync(join(pageFolder, 'index.html'), '<title>page</title>');
  const store = await openReviewStore(join(data, 'manual_reviews.jsonl'));
  let port = 0;
  const app = createReviewApp({
    folder,
    stems: folder.stems,
    store,
    pictures: new DrawingPictures(folder.drawings),
    pageFolder,
    seed: 42,
    repeatShare: 0.5,
    token: TOKEN,
    port: () => port,
    now: () => new Date('2026-11-26T10:00:00Z'),
  });
  const server = await startServer(app, 0);
  port = server.port;
  const stop = async () => {
    await server.stop();
    await store.close();
  };
  onTestFinished(stop);
  const cookie = `arae-review-${port}=${TOKEN}`;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { cookie, ...init.headers } });
  const get = async <Answer>(path: string) => (await (await ask(path)).json()) as Answer;
  const review = async (place: number, change: object = {}, headers: Record<string, string> = {}) => {
    const { hashes } = await get<ItemAnswer>(`/api/items/${place}?reviewer=kim`);
    const answer = { verdict: 'left', scores: { left: POINTS, right: POINTS }, note: '', seconds: 3, hashes };
    return ask(`/api/items/${place}/review?reviewer=kim`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...answer, ...change }),
    });
  };
  return { port, ask, get, review, stop, damaged: store.damaged };
}

/** With headers that fetch does not let anyone set. */
const statusOf = (port: number, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('who is let in', () => {
  it('opens the page with the token, which becomes a cookie, and nothing without it', async () => {
    const { port, ask } = await serve(await labelledFolder({ count: 2 }));
    const open = (token: string) => fetch(`http://127.0.0.1:${port}/?token=${token}`);
    const opened = await open(TOKEN);
    expect(opened.status).toBe(200);
    expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    expect(opened.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await open('another')).status).toBe(401);
    for (const path of ['/', '/api/session?reviewer=kim', '/api/items/0?reviewer=kim', '/drawings/x']) {
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(401);
    }
    // The token opens the page only.
    expect((await fetch(`http://127.0.0.1:${port}/api/session?reviewer=kim&token=${TOKEN}`)).status).toBe(
      401,
    );
    expect((await ask('/api/session?reviewer=kim')).status).toBe(200);
  });

  it('refuses other hosts, other origins and requests of other sites', async () => {
    const { port } = await serve(await labelledFolder({ count: 2 }));
    const cookie = `arae-review-${port}=${TOKEN}`;
    const host = `127.0.0.1:${port}`;
    const path = '/api/session?reviewer=kim';
    expect(await statusOf(port, path, { host, cookie })).toBe(200);
    expect(await statusOf(port, path, { host: `localhost:${port}`, cookie })).toBe(200);
    for (const other of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port}.evil.example`,
    ]) {
      // 400 where it is no host at all.
      expect([400, 403]).toContain(await statusOf(port, path, { host: other, cookie }));
    }
    expect(await statusOf(port, path, { host, cookie, origin: `http://${host}` })).toBe(200);
    for (const origin of ['http://evil.example', `https://${host}`, 'null', 'http://127.0.0.1:1']) {
      expect(await statusOf(port, path, { host, cookie, origin })).toBe(403);
    }
    expect(await statusOf(port, path, { host, cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await statusOf(port, path, { host, cookie, 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  it('gives nothing but the page, the items and their drawings', async () => {
    const made = await labelledFolder({ count: 1, drawings: true });
    const { port, ask } = await serve(made);
    const cookie = `arae-review-${port}=${TOKEN}`;
    const host = `127.0.0.1:${port}`;
    const [stem = ''] = made.stems;
    const drawing = await ask(`/drawings/${stem}`);
    expect(drawing.headers.get('content-type')).toBe('image/webp');
    expect((await drawing.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
    for (const path of [
      '/drawings/..%2F..%2F..%2F..%2Fetc%2Fpasswd',
      '/drawings/../../etc/passwd',
      '/..%2Fsampled_images.json',
      '/../sampled_images.json',
      '/sampled_images.json',
      '/api/items/-1?reviewer=kim',
      '/api/items/1e3?reviewer=kim',
      '/api/items/__proto__?reviewer=kim',
      '/api/items/999?reviewer=kim',
    ]) {
      expect(await statusOf(port, path, { host, cookie }), path).toBe(404);
    }
    expect((await ask('/api/session')).status).toBe(400);
  });
});

describe('what is shown', () => {
  it('names no teacher anywhere, and says nothing of repetitions', async () => {
    const { ask, get } = await serve(await labelledFolder({ count: 4 }));
    const { done } = await get<SessionAnswer>('/api/session?reviewer=kim');
    expect(done).toEqual(new Array(6).fill(false));
    for (const place of done.keys()) {
      const text = await (await ask(`/api/items/${place}?reviewer=kim`)).text();
      expect(text).not.toMatch(/alpha|beta|repeat|isSwapped/);
    }
  });

  it('tells contradictions when they are asked for, and notes that they were seen', async () => {
    const made = await labelledFolder({
      count: 2,
      change: (analysis, teacher) => {
        if (teacher === 'beta') analysis.bay_count += 1;
      },
    });
    const { get, review } = await serve(made);
    await review(0);
    const { left, right } = await get<ContradictionsAnswer>('/api/items/0/contradictions?reviewer=kim');
    expect([...left, ...right].filter(({ path }) => path === '/bay_count')).toHaveLength(1);
    await review(0);
    expect(reviewsIn(made.data).map(({ contradictions_shown }) => contradictions_shown)).toEqual([
      false,
      true,
    ]);
  });

  it('says which drawing cannot be read, without the name of a teacher', async () => {
    const made = await labelledFolder({ count: 2 });
    const { get, ask } = await serve(made);
    const { stem } = await get<ItemAnswer>('/api/items/0?reviewer=kim');
    writeFileSync(join(made.data, 'output', stem, 'llm_analysis_beta.json'), '{"summary": 1');
    const answer = await ask('/api/items/0?reviewer=kim');
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain(stem);
    expect(text).not.toContain('beta');
  });
});

describe('what is kept', () => {
  it('is on the disk when it is said to be, under the names of the teachers', async () => {
    const made = await labelledFolder({ count: 3 });
    const { get, review } = await serve(made);
    const { stem } = await get<ItemAnswer>('/api/items/0?reviewer=kim');
    expect((await review(0, { verdict: 'right', note: '<b>메모</b>' })).status).toBe(200);
    expect(reviewsIn(made.data)).toMatchObject([
      {
        stem,
        reviewer: 'kim',
        repeat: 0,
        verdict: 'right',
        note: '<b>메모</b>',
        at: '2026-11-26T10:00:00.000Z',
      },
    ]);
    expect(
      reviewsIn(made.data)
        .flatMap(({ left, right }) => [left, right])
        .sort(),
    ).toEqual(['alpha', 'beta']);
    expect((await get<ItemAnswer>('/api/items/0?reviewer=kim')).given).toMatchObject({ verdict: 'right' });
    // Not another reviewer's.
    expect((await get<ItemAnswer>('/api/items/0?reviewer=lee')).given).toBeNull();
  });

  it('goes on where it was after a restart, behind a torn line too', async () => {
    const made = await labelledFolder({ count: 3 });
    const before = await serve(made);
    await before.review(0);
    await before.review(1);
    await before.stop();
    appendFileSync(join(made.data, 'manual_reviews.jsonl'), '{"stem": "torn');
    const after = await serve(made);
    expect(after.damaged).toBe(1);
    expect((await after.get<SessionAnswer>('/api/session?reviewer=kim')).done.slice(0, 3)).toEqual([
      true,
      true,
      false,
    ]);
    await after.review(2);
    const lines = readFileSync(join(made.data, 'manual_reviews.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(JSON.parse(lines[3] ?? '')).toMatchObject({ reviewer: 'kim' });
  });

  it('is asked for again when a label has changed', async () => {
    const made = await labelledFolder({ count: 2 });
    const { get, review } = await serve(made);
    const { stem, hashes } = await get<ItemAnswer>('/api/items/0?reviewer=kim');
    await review(0);
    const file = join(made.data, 'output', stem, 'llm_analysis_beta.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('summary', 'summary '));
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), summary: '다른 글' }));
    expect((await get<SessionAnswer>('/api/session?reviewer=kim')).done[0]).toBe(false);
    expect((await review(0, { hashes })).status).toBe(409);
    expect((await review(0)).status).toBe(200);
  });

  it.each([
    ['a score that is none', { scores: { left: { ...POINTS, usefulness: 6 }, right: POINTS } }],
    ['no verdict', { verdict: null }],
    ['a note that is none', { note: 7 }],
    ['a negative time', { seconds: -1 }],
  ])('refuses %s', async (_, change) => {
    const made = await labelledFolder({ count: 1 });
    const { review, ask } = await serve(made);
    expect((await review(0, change)).status).toBe(400);
    expect((await review(0, {}, { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await review(0, { note: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await ask('/api/items/0/review?reviewer=kim', { method: 'GET' })).status).toBe(404);
    expect(() => reviewsIn(made.data)).toThrow('ENOENT');
  });
});

describe('openReviewFolder', () => {
  it('says what is missing', async () => {
    const { data } = await labelledFolder({ count: 1 });
    const open = (change: object) => openReviewFolder({ data, images: null, teachers: null, ...change });
    await expect(open({ data: join(data, 'nothing') })).rejects.toThrow(UsageError);
    await expect(open({ teachers: ['alpha'] })).rejects.toThrow('name two with --teachers');
    await expect(open({ teachers: ['alpha', 'alpha'] })).rejects.toThrow('name two');
    await expect(open({ teachers: ['alpha', 'gamma'] })).rejects.toThrow('labels of both alpha and gamma');
    await expect(open({ images: join(data, 'nothing') })).rejects.toThrow('--images');
  });
});
