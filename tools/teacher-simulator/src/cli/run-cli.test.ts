import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAiRequest } from '../testing/open-ai-request.ts';

const launcher = join(import.meta.dirname, '../../bin/arae-teacher-simulator.js');

function run(...args: string[]) {
  const child = spawn(process.execPath, [launcher, ...args]);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  }
  return { child, output, exit: once(child, 'close').then(([code]) => code as number | null) };
}

describe('arae-teacher-simulator', () => {
  it('says where it listens, answers, and ends cleanly on SIGTERM', async () => {
    const { child, output, exit } = run('--mistakes', '0');
    await once(child.stdout, 'data');
    const url = /OpenAI (\S+) Gemini (\S+)\n$/.exec(output.stdout)?.[1];
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect((await fetch(...openAiRequest(1, url))).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(output.stderr).toBe('');
  });

  it('ends with 2 and one line on wrong arguments or faults', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'teacher-simulator-'));
    const file = join(folder, 'faults.json');
    await writeFile(file, '{"serverError": 2}');
    const runs = [run('--port', 'x'), run('--mystery'), run('--faults', file)];
    expect(await Promise.all(runs.map(({ exit }) => exit))).toEqual([2, 2, 2]);
    for (const { output } of runs) {
      expect(output.stdout).toBe('');
      expect(output.stderr).toMatch(/^arae-teacher-simulator: [^\n]+\n$/);
    }
    expect(runs[2]?.output.stderr).toContain('serverError');
    await rm(folder, { recursive: true });
  });
});
