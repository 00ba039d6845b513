import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './cli.ts';

let outDir: string;

beforeEach(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'plan-generator-'));
});
afterEach(async () => {
  await rm(outDir, { recursive: true, force: true });
});

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

describe('runCli', () => {
  it('writes plans and sums them up', async () => {
    const { code, out } = await run('--count', '3', '--seed', '1', '--out', outDir, '--no-drawings');
    expect(code).toBe(0);
    expect(JSON.parse(out.join(''))).toMatchObject({ count: 3 });
    expect((await readdir(outDir)).sort()).toEqual(['detections', 'graphs']);
  });

  it.each([
    [['--out', 'x']],
    [['--count', '3']],
    [['--count', '0', '--out', 'x']],
    [['--count', 'many', '--out', 'x']],
    [['--count', '1', '--count', '2', '--out', 'x']],
    [['--count', '1', '--seed', '1.5', '--out', 'x']],
    [['--count', '1', '--out', 'x', '--colour']],
    [['--count', '1', '--out', 'x', '--workers', '0']],
  ])('answers %j with one line and 2', async (args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out: out.length, err: err.length }).toEqual({ code: 2, out: 0, err: 1 });
    expect(err[0]).not.toContain('\n');
  });

  it('shows its help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out.join('')).toContain('--no-drawings');
  });
});

describe('bin/arae-plan-generator.js', () => {
  it('runs the sources', async () => {
    const bin = fileURLToPath(new URL('../bin/arae-plan-generator.js', import.meta.url));
    const args = [bin, '--count', '1', '--seed', '1', '--out', outDir, '--no-drawings'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(JSON.parse(stdout)).toMatchObject({ count: 1 });
  });
});
