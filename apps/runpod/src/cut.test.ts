import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, makeManifest } from '@arae/transfer';
import { describe, expect, it } from 'vitest';
import { startBench, until } from './testing/test-bench.ts';
import { whyNoPod } from './testing/why-no-pod.ts';

const reason = whyNoPod();
if (reason !== undefined) console.warn(`skipped: cut connections (${reason})`);

/** 20 for a certificate; fewer find a regression too. */
const CUTS = Number(process.env['ARAE_CERTIFY_CUTS'] ?? 5);
const PUSH_CUTS = Math.ceil(CUTS * 0.6);
const RUN_CUTS = CUTS - PUSH_CUTS;
const MIB = 2 ** 20;

describe.skipIf(reason !== undefined)('all with cut connections', { timeout: 300_000 }, () => {
  it(`${PUSH_CUTS} times during push and ${RUN_CUTS} during the run: the same result, hardly more bytes`, async () => {
    const pipeline = `bash -c 'echo x >> ../../started.txt; until [ -f "$PWD/../../../../gate" ]; do echo wait; sleep 0.2; done; cat ../../output/*/graph.bin | sha256sum > ../../result.txt' x`;
    const { start, cloud, data, workspace, write } = await startBench({ pipeline });
    for (let n = 0; n < 600; n++) write(`output/${n}/graph.bin`, randomBytes(40_000).toString('latin1'));
    write('model.bin', randomBytes(12 * MIB).toString('latin1'));
    const payload = bytesOf(await makeManifest(data));

    const all = start('all', '--yes', '--step', '2');
    const ended = once(all, 'exit');
    let said = '';
    all.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => cloud.machineOf('pod1') !== undefined);
    const { proxy } = cloud.machineOf('pod1')!;
    const cuts = () => said.match(/the connection broke/g)?.length ?? 0;
    for (let cut = 0; cut < PUSH_CUTS; cut++) {
      proxy.cutAfter(payload / (PUSH_CUTS + 4));
      await until(() => cuts() > cut);
    }
    const log = join(data, '.runpod/logs/run-1.log');
    for (let cut = 0; cut < RUN_CUTS; cut++) {
      const length = () => (existsSync(log) ? readFileSync(log, 'utf8').length : 0);
      const before = length();
      await until(() => length() > before);
      proxy.cut();
    }
    write('../workspace/gate', '');
    const [code] = (await ended) as [number];
    expect(code, said).toBe(0);

    const here = await makeManifest(data, { include: (path) => path !== '.runpod' });
    expect(here).toEqual(
      await makeManifest(join(workspace, 'arae/data'), { include: (path) => path !== '.runpod' }),
    );
    expect(readFileSync(join(data, 'started.txt'), 'utf8')).toBe('x\n');
    const extra = (proxy.bytes - payload) / MIB;
    console.log(
      `${PUSH_CUTS + RUN_CUTS} cuts, ${(payload / MIB).toFixed(0)} MiB: ${extra.toFixed(1)} MiB more on the wire, ` +
        `${(extra / (PUSH_CUTS + RUN_CUTS)).toFixed(2)} MiB a cut`,
    );
    expect(proxy.bytes).toBeLessThanOrEqual(1.02 * payload + (PUSH_CUTS + RUN_CUTS) * 8 * MIB);
  });
});
