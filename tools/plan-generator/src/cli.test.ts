import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
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

  it('writes the same plans with any number of threads, and a sheet for the eye', async () => {
    const file = join(outDir, 'look', 'contact.png');
    const args = ['--count', '2', '--seed', '1', '--no-drawings', '--workers', '2', '--contact-sheet', file];
    const { code, out } = await run(...args, '--out', join(outDir, 'two'));
    const alone = await run('--count', '2', '--seed', '1', '--no-drawings', '--workers', '1', '--out', join(outDir, 'one')); // prettier-ignore
    expect({ code, out }).toEqual({ code: 0, out: alone.out });
    const two = (await readdir(join(outDir, 'two', 'graphs'))).sort();
    expect(two).toEqual((await readdir(join(outDir, 'one', 'graphs'))).sort());
    expect((await readFile(file)).subarray(1, 4).toString('latin1')).toBe('PNG');
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
    [['--count', '1', '--out', 'x', '--workers', '1.5']],
    [['--count', '1', '--out', 'x', '--workers', '2', '--workers', '3']],
    [['--count', '1', '--out', '']],
    [['--count', '1', '--out', 'x', '--out', 'y']],
    [['--count', '1', '--out', 'x', '--contact-sheet', '']],
    [['--count', '1', '--out', 'x', '--contact-sheet', 'a', '--contact-sheet', 'b']],
  ])('answers %j with one line and 2', async (args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out: out.length, err: err.length }).toEqual({ code: 2, out: 0, err: 1 });
    expect(err[0]).not.toContain('\n');
  });

  it('shows its help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const flag of ['--no-drawings', '--workers', '--contact-sheet'])
      expect(out.join('')).toContain(flag);
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
