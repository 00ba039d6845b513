import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ItemAnswer } from '../contract.ts';
import { DrawingPictures } from '../items/drawing-pictures.ts';
import { openReviewFolder } from '../items/review-folder.ts';
import { openReviewStore } from '../items/review-store.ts';
import { createReviewApp } from '../server/create-app.ts';
import { startServer } from '../server/start-server.ts';
import type { LabelledFolder } from './labelled-folder.ts';

export const TOKEN = 'a-token-of-the-test';
export const POINTS = { correctness: 4, completeness: 3, usefulness: 5 };

/** A running server, and requests of its page. */
export async function serveFolder({ data, images }: LabelledFolder) {
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
    const answer = {
      verdict: 'left',
      scores: { left: POINTS, right: POINTS },
      note: '',
      hasSeenContradictions: false,
      seconds: 3,
      hashes,
    };
    return ask(`/api/items/${place}/review?reviewer=kim`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...answer, ...change }),
    });
  };
  return { port, ask, get, review, stop, damaged: store.damaged };
}
