import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isProcessAlive, processStartTime } from './is-process-alive.ts';

const isLinux = process.platform === 'linux';
if (!isLinux) console.warn('skipped: ended processes that nobody has collected (only Linux tells)');

describe('isProcessAlive', () => {
  it('knows this process and one that cannot be', () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    expect(isProcessAlive(2 ** 22 + 1)).toBe(false);
    expect(processStartTime(2 ** 22 + 1)).toBeNull();
  });

  it.skipIf(!isLinux)(
    'takes a process that has ended for gone, also before its parent has collected it',
    async () => {
      // The shell becomes a program that never collects the child it left behind.
      const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 20']);
      try {
        const [line] = (await once(parent.stdout, 'data')) as [Buffer];
        const child = Number(line.toString());
        await expect
          .poll(() => readFileSync(`/proc/${child}/stat`, 'utf8'), { timeout: 5000 })
          .toMatch(/\) Z /);
        expect(isProcessAlive(child)).toBe(false);
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );
});
