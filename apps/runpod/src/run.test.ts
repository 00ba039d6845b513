import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestMachine } from '@arae/transfer/testing';
import { describe, expect, it } from 'vitest';
import { startBench, until } from './testing/test-bench.ts';
import { whyNoPod } from './testing/why-no-pod.ts';

const reason = whyNoPod();
if (reason !== undefined) console.warn(`skipped: runs on a pod with a real SSH server (${reason})`);

/** Stands for arae-pipeline: shows its words, waits for a file, writes a result. */
const PIPELINE = `bash -c 'echo "called with $*"; echo "key $(printf %s "$OPENAI_API_KEY" | sha256sum | cut -c1-8)"; while [ ! -f "$GATE" ]; do sleep 0.1; done; d="$*"; d=\${d##*--data }; d=\${d%% --config*}; echo result > "$d/result.txt"; ls; exit "$CODE"' x`;
const KEY = 'sk-MARKED-KEY-OF-TESTS';

async function prepare({ gate = true, code = 0, env = {} } = {}) {
  const bench = await startBench({
    pipeline: `env GATE=\${ARAE_RUN:+$PWD/../../../../gate} CODE=${code} ${PIPELINE}`,
    env: { OPENAI_API_KEY: KEY, ...env },
  });
  if (gate) writeFileSync(join(bench.workspace, 'gate'), '');
  bench.write('output/a/topology_graph.json', '{}');
  return bench;
}

describe.skipIf(reason !== undefined)('arae-runpod run', { timeout: 120_000 }, () => {
  it('sends, runs, hands the exit code and the results back', async () => {
    const { cli, data } = await prepare({ code: 3 });
    expect((await cli('up')).code).toBe(0);
    expect(await cli('run')).toMatchObject({ code: 2 });
    expect((await cli('push')).code).toBe(0);
    const run = await cli('run', '--step', '2,3a');
    expect(run.stderr).toContain('| called with run --step 2,3a --data ');
    expect(run.code).toBe(3);
    const down = await cli('down');
    expect(down.code).toBe(2);
    expect(down.stderr).toMatch(/run-1 .* not fetched/);
    expect((await cli('pull')).code).toBe(0);
    expect(readFileSync(join(data, 'result.txt'), 'utf8')).toBe('result\n');
    expect(readFileSync(join(data, '.runpod/logs/run-1.log'), 'utf8')).toContain('called with');
    expect((await cli('down')).code).toBe(0);
  });

  it('goes on through cuts and a killed runner, is followed again, and runs once', async () => {
    const { cli, start, cloud, data, workspace } = await prepare({ gate: false });
    await cli('up');
    await cli('push');
    const first = start('run', '--step', '2');
    const log = join(data, '.runpod/logs/run-1.log');
    await until(() => existsSync(log) && readFileSync(log, 'utf8').includes('called'));
    cloud.machineOf('pod1')!.proxy.cut();
    first.kill('SIGKILL');
    const second = cli('run', '--step', '2');
    await until(() => cloud.machineOf('pod1')!.proxy.connections > 0);
    writeFileSync(join(workspace, 'gate'), '');
    expect((await second).code).toBe(0);
    expect(readFileSync(log, 'utf8').match(/called with/g)).toHaveLength(1);
    expect(readdirSync(join(workspace, 'arae/runs'))).toEqual(['run-1']);
  });

  it('keeps the key in the environment of the run alone', async () => {
    const { cli, start, cloud, data, workspace } = await prepare({ gate: false });
    await cli('up');
    await cli('push');
    const run = start('run', '--step', '3a');
    const log = join(data, '.runpod/logs/run-1.log');
    await until(() => existsSync(log) && readFileSync(log, 'utf8').includes('key '));
    // It arrived.
    const mark = createHash('sha256').update(KEY).digest('hex').slice(0, 8);
    expect(readFileSync(log, 'utf8')).toContain(`key ${mark}`);
    // Each account is read once: short-lived children of the run come and go meanwhile.
    const strangers = accounts(cloud.machineOf('pod1')!, 'environ').filter(
      ({ text }) => text.includes(KEY) && !text.includes('ARAE_RUN='),
    );
    expect(strangers).toEqual([]);
    expect(holders(cloud.machineOf('pod1')!, 'environ', KEY).length).toBeGreaterThan(0);
    for (const secret of [KEY, 'rpa_MARKED']) {
      expect(holders(cloud.machineOf('pod1')!, 'cmdline', secret)).toEqual([]);
      expect(filesWith(workspace, secret)).toEqual([]);
      expect(filesWith(data, secret)).toEqual([]);
    }
    expect(holders(cloud.machineOf('pod1')!, 'environ', 'rpa_MARKED')).toEqual([]);
    run.kill('SIGKILL');
  });

  it('hands no key to a run that asks no teacher', async () => {
    const { cli, data } = await prepare();
    await cli('up');
    await cli('push');
    await cli('run', '--step', '2');
    const nothing = createHash('sha256').update('').digest('hex').slice(0, 8);
    expect(readFileSync(join(data, '.runpod/logs/run-1.log'), 'utf8')).toContain(`key ${nothing}`);
  });
});

type Account = 'environ' | 'cmdline';

/** What the system says of the processes of a machine; those that end meanwhile are left out. */
function accounts(machine: TestMachine, account: Account): { pid: number; text: string }[] {
  return machine.processes().flatMap((pid) => {
    try {
      return [{ pid, text: readFileSync(`/proc/${pid}/${account}`, 'latin1') }];
    } catch {
      return [];
    }
  });
}

/** Processes of a machine in whose account a text stands. */
function holders(machine: TestMachine, account: Account, text: string): number[] {
  return accounts(machine, account)
    .filter((process) => process.text.includes(text))
    .map(({ pid }) => pid);
}

function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(text));
}
