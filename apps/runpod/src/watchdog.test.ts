import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBench, until } from './testing/test-bench.ts';
import { whyNoPod } from './testing/why-no-pod.ts';

const reason = whyNoPod();
if (reason !== undefined) console.warn(`skipped: the watchdog on a pod (${reason})`);

/** Three seconds without work. */
const IDLE = ['--idle-minutes', '0.05'];

describe.skipIf(reason !== undefined)('the watchdog on the pod', { timeout: 120_000 }, () => {
  it('stops a pod on which nothing happens, when the runner is gone', async () => {
    const { cli, cloud, workspace } = await startBench();
    expect((await cli('up', ...IDLE)).code).toBe(0);
    // No runner is there any more: each command is a process that has ended.
    await until(() => cloud.runpod.living[0]?.ended === 'EXITED');
    expect(readFileSync(join(workspace, 'arae/control/watchdog.log'), 'utf8')).toMatch(
      /stop: nothing has happened for too long/,
    );
  });

  it('stops a pod whose run hangs, while the runner follows it', async () => {
    const { cli, cloud } = await startBench({ pipeline: "bash -c 'echo begun; sleep 1000' x" });
    await cli('up');
    await cli('push');
    const run = await cli('run', '--step', '2', ...IDLE);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/pod pod1 is EXITED/);
    expect(cloud.runpod.living[0]?.ended).toBe('EXITED');
  });

  it.each([
    ['works without a word', "bash -c 'end=$((SECONDS + 9)); while [ $SECONDS -lt $end ]; do :; done' x"],
    ['waits but writes its log', "bash -c 'for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 1; done' x"],
  ])('leaves a run alone that %s', async (_, pipeline) => {
    const { cli, cloud } = await startBench({ pipeline });
    await cli('up');
    await cli('push');
    expect((await cli('run', '--step', '2', ...IDLE)).code).toBe(0);
    expect(cloud.runpod.living[0]).not.toHaveProperty('ended');
  });

  it('stops a pod whose time is over, however much it works', async () => {
    const { cli, cloud, workspace } = await startBench({
      pipeline: "bash -c 'while :; do echo work; sleep 0.2; done' x",
    });
    const limit = ['--max-hours', '0.008'];
    await cli('up');
    await cli('push');
    const run = await cli('run', '--step', '2', ...limit);
    expect(run.code, run.stderr).toBe(3);
    expect(run.stderr).toMatch(/pod pod1 has used its 0\.008 hours.*it is stopped and keeps its volume/);
    expect(cloud.runpod.living[0]?.ended).toBe('EXITED');
    expect(readFileSync(join(workspace, 'arae/control/watchdog.log'), 'utf8')).toMatch(
      /time or money is spent/,
    );
    // And does not rent on.
    const again = await cli('up', ...limit);
    expect(again.code).toBe(3);
    expect(again.stderr).toMatch(/has used its 0.008 hours/);
  });

  it('gives a pod on a network volume back when its time is over; all ends with 3 and rents no other', async () => {
    const { cli, cloud } = await startBench({
      pipeline: "bash -c 'while :; do echo work; sleep 0.2; done' x",
      env: { ARAE_RUNPOD_NETWORK_VOLUME: 'vol1' },
    });
    const all = await cli('all', '--yes', '--step', '2', '--max-hours', '0.008');
    expect(all.code, all.stderr).toBe(3);
    expect(all.stderr).toMatch(/pod pod1 has used its 0\.008 hours.*its network volume stays/);
    expect(cloud.runpod.living).toEqual([]);
    expect(cloud.runpod.pods).toHaveLength(1);
  });
});
