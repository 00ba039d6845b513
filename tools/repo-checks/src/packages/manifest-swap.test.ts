import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putBackManifest, putPublishedManifest, readManifest } from './manifest-swap.ts';

const ours =
  '{ "name": "@arae/one", "version": "1.0.0",\n  "exports": { "@arae/source": "./src/index.ts" } }';
let workspace: string;
let folder: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'manifest-swap-'));
  folder = join(workspace, 'libs', 'one');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), ours);
});

afterEach(() => rmSync(workspace, { recursive: true }));

const text = (): string => readFileSync(join(folder, 'package.json'), 'utf8');

describe('the package.json while a library is packed', () => {
  it('is the one for users, and afterwards ours to the byte', () => {
    putPublishedManifest(folder, workspace);
    expect(readManifest(folder)).toEqual({ name: '@arae/one', version: '1.0.0', exports: {} });
    putBackManifest(folder, workspace);
    expect(text()).toBe(ours);
  });

  it('comes back after a packing that was killed', () => {
    putPublishedManifest(folder, workspace);
    putPublishedManifest(folder, workspace);
    putBackManifest(folder, workspace);
    expect(text()).toBe(ours);
    putBackManifest(folder, workspace);
    expect(text()).toBe(ours);
  });

  it('says where the sources are when the checkout knows', () => {
    execFileSync('git', ['init', '--quiet'], { cwd: workspace });
    execFileSync('git', ['remote', 'add', 'origin', 'https://me:key@example.org/arae/distill'], {
      cwd: workspace,
    });
    putPublishedManifest(folder, workspace);
    expect(readManifest(folder).repository).toEqual({
      type: 'git',
      url: 'git+https://example.org/arae/distill.git',
      directory: 'libs/one',
    });
  });
});
