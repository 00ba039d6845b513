import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBench, until } from './testing/test-bench.ts';
import { whyNoPod } from './testing/why-no-pod.ts';

const reason = whyNoPod();
if (reason !== undefined) console.warn(`skipped: pods that answer late or never (${reason})`);

/** Three seconds. */
const LIMIT = ['--ssh-minutes', '0.05'];
const stateOf = (data: string) =>
  JSON.parse(readFileSync(join(data, '.runpod/state.json'), 'utf8')) as {
    pod: { isWatched: boolean } | null;
    spent: number;
  };

describe.skipIf(reason !== undefined)('a pod that cannot be reached', { timeout: 120_000 }, () => {
  it.each([
    ['never starts', { startMs: 1e9 }],
    ['never gets an address', { sshOf: () => undefined }],
    [
      'has an address where nobody answers',
      { sshOf: () => ({ host: '127.0.0.1', port: 1, username: 'root' }) },
    ],
  ])('and %s is given back within the limit', async (_, cloudOptions) => {
    const { cli, cloud, data } = await startBench({ cloud: cloudOptions });
    const begun = Date.now();
    const up = await cli('up', ...LIMIT);
    expect(up.code).toBe(1);
    expect(up.stderr).toMatch(/pod pod1 has no watchdog yet, so it is given back and bills no more/);
    expect(up.stderr).not.toMatch(/still there and bills USD/);
    expect(Date.now() - begun).toBeLessThan(60_000);
    expect(cloud.runpod.living).toEqual([]);
    expect(stateOf(data).pod).toBeNull();
    expect(stateOf(data).spent).toBeGreaterThan(0);
  });

  it.each(['up', 'push', 'pull'])(
    'left by a runner that died before its watchdog is dealt with by %s',
    async (command) => {
      let isAnswering = false;
      const { cli, start, cloud, data } = await startBench({
        cloud: {
          sshOf: ({ id }) => (isAnswering ? cloud.machineOf(id)?.target : undefined),
        },
      });
      const abandon = async () => {
        cloud.runpod.calls.length = 0;
        const child = start('up');
        const exit = once(child, 'exit');
        await until(() => cloud.runpod.calls.filter((call) => /^GET \/pods\/./.test(call)).length > 1);
        child.kill('SIGKILL');
        await exit;
      };
      await abandon();
      expect(cloud.runpod.living).toHaveLength(1);
      expect((await cli('plan')).stderr).toMatch(
        /pod pod1 of this data folder is there \(RUNNING\) without a watchdog/,
      );
      // It still does not answer: given back.
      const lost = await cli(command, ...LIMIT);
      expect(lost.code).toBe(1);
      expect(lost.stderr).toMatch(/given back/);
      expect(cloud.runpod.living).toEqual([]);
      // It answers by now: watched.
      await abandon();
      isAnswering = true;
      const found = await cli(command);
      expect(found.code, found.stderr).toBe(0);
      expect(stateOf(data).pod?.isWatched).toBe(true);
      expect(cloud.runpod.pods).toHaveLength(2);
      const watchdogs = cloud
        .machineOf('pod2')!
        .processes()
        .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('watchdog.py'));
      expect(watchdogs).toHaveLength(1);
    },
  );

  it('is given back at Ctrl-C, too', async () => {
    const { start, cloud } = await startBench({ cloud: { sshOf: () => undefined } });
    const child = start('up');
    const exit = once(child, 'exit');
    await until(() => cloud.runpod.calls.filter((call) => /^GET \/pods\/./.test(call)).length > 1);
    child.kill('SIGINT');
    expect((await exit)[0]).toBe(130);
    expect(cloud.runpod.living).toEqual([]);
  });

  it('and was stopped with results on it is stopped again, not deleted', async () => {
    let isAnswering = true;
    const { cli, cloud } = await startBench({
      cloud: { sshOf: ({ id }) => (isAnswering ? cloud.machineOf(id)?.target : undefined) },
    });
    expect((await cli('up', '--idle-minutes', '0.05')).code).toBe(0);
    await until(() => cloud.runpod.living[0]?.ended === 'EXITED');
    isAnswering = false;
    const again = await cli('up', ...LIMIT);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/it is stopped and keeps its volume/);
    expect(cloud.runpod.living[0]?.ended).toBe('EXITED');
  });
});
