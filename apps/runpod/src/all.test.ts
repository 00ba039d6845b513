import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writePlans } from '@arae/plan-generator';
import { startTeacherSimulator } from '@arae/teacher-simulator';
import { makeManifest } from '@arae/transfer';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBench, until } from './testing/test-bench.ts';
import { whyNoPod } from './testing/why-no-pod.ts';

const reason = whyNoPod();
if (reason !== undefined) console.warn(`skipped: all phases on a pod (${reason})`);

const PIPELINE_BIN = fileURLToPath(new URL('../../pipeline/bin/arae-pipeline.js', import.meta.url));
const PIPELINE = `${process.execPath} ${PIPELINE_BIN}`;
const PLANS = 40;

/** A data folder with the graphs of generated plans. */
async function graphsIn(data: string): Promise<void> {
  const generated = mkdtempSync(join(tmpdir(), 'arae-plans-'));
  onTestFinished(() => rmSync(generated, { recursive: true, force: true }));
  await writePlans({ count: PLANS, seed: 42, outDir: generated, drawings: false });
  const importing = ['phase1', '--import', join(generated, 'graphs'), '--data', data];
  await promisify(execFile)(process.execPath, [PIPELINE_BIN, ...importing], { cwd: generated });
}

/** A server's second address, whose port is still free at 127.0.0.1, where the pod's end of a tunnel has to lie. */
async function besideLoopback(url: string): Promise<string> {
  const { host } = new URL(url);
  const server = createServer((incoming, outgoing) => {
    const asked = request(
      `${url}${incoming.url}`,
      { method: incoming.method, headers: { ...incoming.headers, host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    asked.on('error', () => outgoing.destroy());
    incoming.pipe(asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.2:${(server.address() as { port: number }).port}`;
}

const travels = (path: string) => !/^(?:\.runpod|logs)(?:\/|$)/.test(path);

describe.skipIf(reason !== undefined)('arae-runpod all', { timeout: 300_000 }, () => {
  it(`takes ${PLANS} plans through phases 2 to 5 there, teachers reached through the tunnel, and leaves no pod`, async () => {
    const simulator = await startTeacherSimulator({ seed: 5 });
    onTestFinished(() => simulator.close());
    const teachers = await besideLoopback(simulator.url);
    const { cli, cloud, data, workspace } = await startBench({
      pipeline: PIPELINE,
      cloud: { startMs: 1000 },
      env: {
        OPENAI_API_KEY: 'marked-key',
        GEMINI_API_KEY: 'marked-key',
        OPENAI_BASE_URL: `${teachers}/v1`,
        GEMINI_BASE_URL: teachers,
      },
    });
    await graphsIn(data);
    expect(await cli('all')).toMatchObject({ code: 2 });
    expect(cloud.runpod.pods).toEqual([]);
    const all = await cli('all', '--yes', '--step', '2,3a,3b,4,5');
    expect(all.code, all.stderr).toBe(0);
    expect(simulator.requests().length).toBeGreaterThanOrEqual(2 * PLANS);
    const rows = ['train', 'val'].flatMap((name) =>
      readFileSync(join(data, `${name}.jsonl`), 'utf8')
        .trim()
        .split('\n'),
    );
    expect(rows.length).toBeGreaterThan(PLANS * 0.7);
    const here = await makeManifest(data, { include: travels });
    expect(here).toEqual(await makeManifest(join(workspace, 'arae/data'), { include: travels }));
    expect(cloud.runpod.living).toEqual([]);
    expect(all.stderr).not.toMatch(/still there and bills/);
  });

  it('goes on with another pod when one vanishes, and loses nothing of what is here', async () => {
    const pipeline = `bash -c 'echo begun; until [ -f "$PWD/../../../../gate" ]; do echo wait; sleep 0.3; done; echo done > ../../result.txt' x`;
    const { start, cloud, data, workspace, write } = await startBench({ pipeline });
    write('output/a/topology_graph.json', '{}');
    const all = start('all', '--yes', '--step', '2');
    const ended = new Promise((resolve) => all.on('exit', resolve));
    const log = join(data, '.runpod/logs/run-1.log');
    await until(() => existsSync(log) && readFileSync(log, 'utf8').includes('begun'));
    await cloud.lose('pod1');
    rmSync(join(workspace, 'arae'), { recursive: true });
    await until(() => existsSync(join(workspace, 'arae/runs/run-2')));
    write('../workspace/gate', '');
    expect(await ended).toBe(0);
    expect(readFileSync(join(data, 'result.txt'), 'utf8')).toBe('done\n');
    expect(cloud.mostPods).toBe(1);
    expect(cloud.runpod.pods).toHaveLength(2);
    expect(cloud.runpod.living).toEqual([]);
  });
});
