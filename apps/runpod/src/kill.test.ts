import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBench } from './testing/test-bench.ts';
import { whyNoPod } from './testing/why-no-pod.ts';

const reason = whyNoPod();
if (reason !== undefined) console.warn(`skipped: kills of the runner (${reason})`);

/** 30 for a certificate; fewer find a regression too. */
const KILLS = Number(process.env['ARAE_CERTIFY_KILLS'] ?? 6);
const GPU = 'NVIDIA A100-SXM4-80GB';
/** USD per hour that makes one second of a pod one cent. */
const PRICE = 36;
const SECONDS_OF_WORK = 10;

/** Works for a while whoever watches, and counts how often it was started. */
const PIPELINE = `bash -c 'echo begun; echo x >> ../../started.txt; sleep 1; for i in {1..${SECONDS_OF_WORK - 1}}; do echo $i; sleep 1; done; echo done > ../../result.txt' x`;

/** A fixed sequence of numbers from 0 to 1, so that a failure can be seen again. */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe.skipIf(reason !== undefined)('SIGKILL of the runner', { timeout: 600_000 }, () => {
  it(`${KILLS} times at random moments of all: it finishes, with one pod at a time, one run, and a bill for hardly more than the gaps`, async () => {
    const bench = () => startBench({ pipeline: PIPELINE, cloud: { prices: { [GPU]: PRICE }, startMs: 500 } });
    const seconds = (usd: number) => usd * (3600 / PRICE);

    const undisturbed = await bench();
    undisturbed.write('output/a/topology_graph.json', '{}');
    const first = await undisturbed.cli('all', '--yes', '--step', '2');
    expect(first.code, first.stderr).toBe(0);
    const whole = seconds(undisturbed.cloud.bill());

    const random = randomNumbers(7);
    const { cloud, data, workspace, start, write } = await bench();
    let kills = 0;
    let rounds = 0;
    let gaps = 0;
    const stages = new Map<string, number>();
    while (kills < KILLS) {
      // A new data folder's worth: what an earlier round left is cleared away.
      for (const folder of [data, workspace]) {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
      }
      write('output/a/topology_graph.json', '{}');
      rounds++;
      let killedAt: number | undefined;
      for (let isDone = false; !isDone;) {
        const runner = start('all', '--yes', '--step', '2');
        const ended = once(runner, 'exit') as Promise<[number | null]>;
        let said = '';
        runner.stderr!.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          // The gap ends when the pod is in hand again; before that nothing could be done.
          if (killedAt !== undefined && /is there \(|is rented|no pod of/.test(said)) {
            gaps += (Date.now() - killedAt) / 1000;
            killedAt = undefined;
          }
        });
        const kill = setTimeout(
          () => kills < KILLS && runner.kill('SIGKILL'),
          300 + random.next().value * 5000,
        );
        const [code] = await ended;
        clearTimeout(kill);
        expect(cloud.runpod.living.length).toBeLessThanOrEqual(1);
        if (code === null) {
          kills++;
          if (killedAt !== undefined) gaps += (Date.now() - killedAt) / 1000;
          killedAt = cloud.runpod.living.length > 0 ? Date.now() : undefined;
          const stage = /run-1:/.test(said)
            ? 'from the run on'
            : /RUNNING/.test(said)
              ? 'push'
              : 'before SSH';
          stages.set(stage, (stages.get(stage) ?? 0) + 1);
        } else {
          expect(code, said).toBe(0);
          isDone = true;
        }
      }
      expect(readFileSync(join(data, 'result.txt'), 'utf8')).toBe('done\n');
      expect(readFileSync(join(data, 'started.txt'), 'utf8')).toBe('x\n');
      expect(readdirSync(join(workspace, 'arae/runs'))).toEqual(['run-1']);
      expect(cloud.runpod.living).toEqual([]);
    }
    expect(cloud.mostPods).toBe(1);
    expect(cloud.runpod.pods).toHaveLength(rounds);
    const bill = seconds(cloud.bill());
    console.log(
      `${KILLS} kills (${[...stages].map(([stage, count]) => `${count} ${stage}`).join(', ')}) in ${rounds} rounds: ` +
        `${bill.toFixed(0)} s billed, ${(rounds * whole).toFixed(0)} s undisturbed, ${gaps.toFixed(0)} s between kill and return`,
    );
    expect(bill).toBeLessThanOrEqual(1.1 * rounds * whole + gaps);
  });
});
