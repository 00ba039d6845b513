import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadEnvFile } from './load-env-file.ts';
import { FileTooLargeError } from './read-text-file.ts';

function load(text: string, env: Record<string, string | undefined> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'load-env-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, '.env');
  writeFileSync(path, text);
  if (text === 'endless') truncateSync(path, 2 ** 40);
  loadEnvFile(path, env);
  return env;
}

it('sets what the environment does not have, and leaves alone what it has', () => {
  expect(load('# keys\nA=1\nB="x y"\nexport C=3\n', { A: '0' })).toEqual({ A: '0', B: 'x y', C: '3' });
});

it('is content without a file', () => {
  const env = {};
  loadEnvFile(join(tmpdir(), 'no such folder', '.env'), env);
  expect(env).toEqual({});
});

it('refuses what cannot be a file of keys, and changes no prototype', () => {
  expect(() => load('endless')).toThrow(FileTooLargeError);
  load('__proto__=1\nconstructor=2\n');
  expect(Object.keys(Object.prototype)).toEqual([]);
});
