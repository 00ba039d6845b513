import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ContradictionsAnswer, ItemAnswer, SessionAnswer } from '../contract.ts';
import { UsageError } from '../errors.ts';
import { openReviewFolder } from '../items/review-folder.ts';
import { labelledFolder } from '../testing/labelled-folder.ts';
import { reviewsIn } from '../testing/read-reviews.ts';
import { POINTS, serveFolder } from '../testing/serve-folder.ts';

describe('what is shown', () => {
  it('names no teacher anywhere, and says nothing of repetitions', async () => {
    const { ask, get } = await serveFolder(await labelledFolder({ count: 4 }));
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
    const { get, review } = await serveFolder(made);
    await review(0);
    const { left, right } = await get<ContradictionsAnswer>('/api/items/0/contradictions?reviewer=kim');
    expect([...left, ...right].filter(({ path }) => path === '/bay_count')).toHaveLength(1);
    await review(0);
    expect(reviewsIn(made.data).map(({ contradictions_shown }) => contradictions_shown)).toEqual([
      false,
      true,
    ]);
  });

  it('notes contradictions that were seen before the server was started', async () => {
    const made = await labelledFolder({ count: 1 });
    const { get, review } = await serveFolder(made);
    await review(0, { hasSeenContradictions: true });
    expect(reviewsIn(made.data).at(-1)?.contradictions_shown).toBe(true);
    const { given } = await get<ItemAnswer>('/api/items/0?reviewer=kim');
    expect(given?.hasSeenContradictions).toBe(true);
  });

  it('says which drawing cannot be read, without the name of a teacher', async () => {
    const made = await labelledFolder({ count: 2 });
    const { get, ask } = await serveFolder(made);
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
    const { get, review } = await serveFolder(made);
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
    const before = await serveFolder(made);
    await before.review(0);
    await before.review(1);
    await before.stop();
    appendFileSync(join(made.data, 'manual_reviews.jsonl'), '{"stem": "torn');
    const after = await serveFolder(made);
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
    const { get, review } = await serveFolder(made);
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
    const { review, ask } = await serveFolder(made);
    expect((await review(0, change)).status).toBe(400);
    expect((await review(0, {}, { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await review(0, { note: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await ask('/api/items/0/review?reviewer=kim', { method: 'GET' })).status).toBe(404);
    expect(() => reviewsIn(made.data)).toThrow('ENOENT');
  });
});

describe('openReviewFolder', () => {
  it('sets the student beside a teacher when asked, and leaves it out otherwise', async () => {
    const { data, stems } = await labelledFolder({ count: 2 });
    const item = join(data, 'output', stems[0] as string);
    copyFileSync(join(item, 'llm_analysis_alpha.json'), join(item, 'llm_analysis_student.json'));
    const open = (teachers: string[] | null) => openReviewFolder({ data, images: null, teachers });
    expect(await open(null)).toMatchObject({ teachers: ['alpha', 'beta'], stems });
    expect(await open(['alpha', 'student'])).toMatchObject({
      teachers: ['alpha', 'student'],
      stems: [stems[0]],
    });
  });

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
