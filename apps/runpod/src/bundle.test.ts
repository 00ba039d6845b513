import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBench } from './testing/test-bench.ts';
import { whyNoPod } from './testing/why-no-pod.ts';

const isLinux = process.platform === 'linux' && process.arch === 'x64';
const reason = whyNoPod() ?? (isLinux ? undefined : 'the packages of this machine do not run on Linux x64');
if (reason !== undefined) console.warn(`skipped: the bundle on a pod (${reason})`);

describe.skipIf(reason !== undefined)('the bundle', { timeout: 300_000 }, () => {
  it('runs arae-pipeline there with its own Node, holds no tests and no tools of development, and travels once', async () => {
    const { cli, data, workspace, write } = await startBench({ pipeline: '' });
    write('sampled_images.json', '["none"]');
    const up = await cli('up');
    expect(up.code, up.stderr).toBe(0);
    expect(up.stderr).toMatch(/bundle: \d+ files, [\d.]+ MB sent, checked over there/);
    expect((await cli('up')).stderr).toMatch(/bundle: 0 files/);
    const bundle = join(workspace, 'arae/bundle');
    expect(existsSync(join(bundle, 'node_modules/vitest'))).toBe(false);
    const sources = readdirSync(join(bundle, 'libs'), { recursive: true }) as string[];
    expect(sources.filter((path) => path.endsWith('.test.ts'))).toEqual([]);

    // The training's interpreter comes from the locked requirements: none here, so that nothing is fetched.
    const requirements = join(bundle, 'python/arae_finetune');
    expect(readFileSync(join(requirements, 'pod-requirements.txt'), 'utf8')).toMatch(/^torch==/m);
    mkdirSync(requirements, { recursive: true });
    writeFileSync(join(requirements, 'pod-requirements.txt'), '');

    await cli('push');
    const run = await cli('run', '--step', '2,6');
    // The real program, which misses the graph of the only drawing.
    expect(run.stderr).toMatch(/\| arae-pipeline: no drawing of the sample has a graph/);
    expect(existsSync(join(workspace, 'arae/python/bin/python'))).toBe(true);
    expect(existsSync(join(workspace, 'arae/python/.made-from'))).toBe(true);
    expect(existsSync(join(data, '.runpod/logs/run-1.log'))).toBe(true);
    const again = await cli('run', '--step', '2,6');
    expect(again.stderr).not.toMatch(/packages of the training/);
    expect(again.stderr).toMatch(/run-1 has ended with 2 before: arae-runpod pull/);
    expect(again.code).toBe(2);
  });
});
