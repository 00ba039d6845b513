import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  PhaseProgressError,
  mergePhaseProgress,
  readPhaseProgress,
  writePhaseProgress,
} from './phase-progress.ts';
import type { FailedItem } from './phase-progress.ts';

const failed = (id: string, reason = 'timeout'): FailedItem => ({
  id,
  reason,
  attempts: 3,
  at: '2026-01-01T00:00:00.000Z',
});

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phase-progress-'));
  path = join(folder, 'progress', 'openai_progress.json');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('writePhaseProgress', () => {
  it('writes both lists sorted, and reads them back', async () => {
    const progress = { completed: ['c', 'a', 'b'], failed: [failed('z'), failed('y', '끊김')] };
    await writePhaseProgress(path, progress);
    expect(await readPhaseProgress(path)).toEqual({
      completed: ['a', 'b', 'c'],
      failed: [failed('y', '끊김'), failed('z')],
    });
    expect(progress.completed).toEqual(['c', 'a', 'b']);
    expect(await readdir(join(folder, 'progress'))).toEqual(['openai_progress.json']);
  });

  it('writes equal states as equal bytes', async () => {
    await writePhaseProgress(path, { completed: ['b', 'a'], failed: [failed('d'), failed('c')] });
    const first = await readFile(path, 'utf8');
    await writePhaseProgress(path, { completed: ['a', 'b'], failed: [failed('c'), failed('d')] });
    expect(await readFile(path, 'utf8')).toBe(first);
    expect(first).toMatch(
      /^\{\n {2}"completed": \[\n {4}"a",\n {4}"b"\n {2}\],\n {2}"failed": \[\n {4}\{\n {6}"id": "c",/,
    );
  });
});

describe('readPhaseProgress', () => {
  it('is empty without a file', async () => {
    expect(await readPhaseProgress(path)).toEqual({ completed: [], failed: [] });
  });

  it('accepts plain strings and half records among the failed', async () => {
    path = join(folder, 'p.json');
    await writeFile(
      path,
      JSON.stringify({ completed: [], failed: ['a', { id: 'b' }, { ...failed('c'), more: 1 }] }),
    );
    expect((await readPhaseProgress(path)).failed).toEqual([
      { id: 'a', reason: 'unknown', attempts: 1, at: '' },
      { id: 'b', reason: 'unknown', attempts: 1, at: '' },
      failed('c'),
    ]);
  });

  it.each([
    ['{', 'JSON'],
    ['null', '"completed" is not a list of names'],
    ['[]', '"completed" is not a list of names'],
    ['{"completed":[1],"failed":[]}', '"completed" is not a list of names'],
    ['{"completed":[]}', '"failed" is not a list'],
    ['{"completed":[],"failed":[{}]}', 'a failed item has no id'],
    ['{"completed":[],"failed":[null]}', 'a failed item has no id'],
  ])('refuses %s and says what to do', async (text, detail) => {
    path = join(folder, 'p.json');
    await writeFile(path, text);
    const error = await readPhaseProgress(path).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(PhaseProgressError);
    expect((error as PhaseProgressError).path).toBe(path);
    expect((error as PhaseProgressError).message).toContain(detail);
    expect((error as PhaseProgressError).message).toContain('delete it');
  });

  it('does not take another error for an empty state', async () => {
    await expect(readPhaseProgress(folder)).rejects.toThrow('EISDIR');
  });
});

describe('mergePhaseProgress', () => {
  it('keeps what the run did not touch, moves what it did, and drops what is not known any more', () => {
    const previous = {
      completed: ['a', 'b', 'gone'],
      failed: [failed('c'), failed('d'), failed('gone too')],
    };
    const current = { completed: ['c', 'e'], failed: [failed('a', 'again')] };
    const merged = mergePhaseProgress(previous, current, new Set(['a', 'b', 'c', 'd', 'e']));
    expect(merged).toEqual({ completed: ['b', 'c', 'e'], failed: [failed('d'), failed('a', 'again')] });
  });

  it('changes nothing after a run that did nothing', () => {
    const previous = { completed: ['a'], failed: [failed('b')] };
    expect(mergePhaseProgress(previous, { completed: [], failed: [] }, new Set(['a', 'b']))).toEqual(
      previous,
    );
  });
});
