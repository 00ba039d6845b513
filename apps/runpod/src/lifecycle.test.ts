import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from './commands/plan.ts';
import { startBench } from './testing/test-bench.ts';
import { whyNoPod } from './testing/why-no-pod.ts';

const reason = whyNoPod();
if (reason !== undefined) console.warn(`skipped: pods with a real SSH server (${reason})`);
const sxm = 'NVIDIA A100-SXM4-80GB';

describe('arae-runpod plan', { timeout: 60_000 }, () => {
  it("shows both placements at the catalogue's price, and what waiting costs; rents nothing", async () => {
    const { cli, cloud, write } = await startBench({ cloud: { prices: { [sxm]: 2 } } });
    write('sampled_images.json', JSON.stringify(['a', 'b']));
    const { code, stdout } = await cli('plan', '--json');
    expect(code).toBe(0);
    const plan = JSON.parse(stdout) as Plan;
    expect(plan).toMatchObject({ items: 2, gpuId: sxm, price: 2, priceFrom: 'catalogue' });
    const [all, some] = plan.placements;
    expect(all!.costUsd).toBeCloseTo(all!.hours * 2);
    expect(all!.costUsd - some!.costUsd).toBeGreaterThan(plan.idleDuringLabellingUsd);
    expect(cloud.runpod.pods).toEqual([]);
  });

  it('takes a dated price when the catalogue does not answer, and says so', async () => {
    const { cli, cloud } = await startBench({ env: { ARAE_RUNPOD_GPU: sxm } });
    cloud.runpod.faults.push({ on: 'GET /catalog', fault: { status: 404 } });
    expect((await cli('plan')).stdout).toMatch(
      /USD 1\.79 an hour, of 2026-11-09, the catalogue did not answer/,
    );
  });
});

describe.each([
  ['a wrong key', 401, 2, /check the API key/],
  ['no balance', 402, 2, /add credit/],
  ['no capacity', 400, 1, /no GPU is to be had/],
  ['a refused body', 422, 1, /mend the settings/],
])('up with %s', { timeout: 60_000 }, (_, status, exit, words) => {
  it('ends with one clear line and no pod', async () => {
    const { cli, cloud } = await startBench();
    for (let n = 0; n < 4; n++) cloud.runpod.faults.push({ on: 'POST /pods', fault: { status } });
    const { code, stderr } = await cli('up');
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('rpa_');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(exit);
    expect(cloud.runpod.living).toEqual([]);
  });
});

it('needs a key', async () => {
  const { cli } = await startBench({ env: { RUNPOD_API_KEY: '' } });
  expect(await cli('up')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/RUNPOD_API_KEY is not set/) as string,
  });
});

describe.skipIf(reason !== undefined)('a pod', { timeout: 120_000 }, () => {
  it('is rented once, found again, watched, and gone after down', async () => {
    const { cli, cloud, data } = await startBench({ cloud: { full: new Set([sxm]) } });
    const up = await cli('up');
    expect(up.code, up.stderr).toBe(0);
    expect(up.stderr).toMatch(/NVIDIA A100 80GB PCIe[^]*still there and bills USD 1\.79 an hour/);
    expect((await cli('up')).stderr).toMatch(/pod pod1 of this data folder is there \(RUNNING\)/);
    expect(cloud.runpod.pods).toHaveLength(1);
    const watchdogs = cloud
      .machineOf('pod1')!
      .processes()
      .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('watchdog.py'));
    expect(watchdogs).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(data, '.runpod/state.json'), 'utf8'))).toMatchObject({
      pod: { id: 'pod1' },
    });
    const down = await cli('down');
    expect(down.stderr).toMatch(/pod pod1 is deleted; it cost about USD/);
    expect(cloud.runpod.living).toEqual([]);
    expect(await cli('push')).toMatchObject({ code: 2, stderr: expect.stringMatching(/up first/) as string });
  });

  it('is found by its name, though its creation had no answer', async () => {
    const { cli, cloud, data } = await startBench();
    cloud.runpod.faults.push({ on: 'POST /pods', fault: 'lost-after' });
    expect((await cli('up')).code).toBe(0);
    expect(cloud.runpod.pods).toHaveLength(1);
    expect(existsSync(join(data, '.runpod/ssh/id_ed25519'))).toBe(true);
    await cli('down');
    expect(cloud.mostPods).toBe(1);
  });
});
