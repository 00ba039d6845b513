import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from './temporary-folder.ts';

// npm run bench:phase2 -w @arae/bench -- [graphs …]
const counts = process.argv.slice(2).map(Number);
const command = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const pipeline = command('apps/pipeline/bin/arae-pipeline.js');
const generator = command('tools/plan-generator/bin/arae-plan-generator.js');

for (const count of counts.length === 0 ? [200, 2000] : counts) {
  await inTemporaryFolder((folder) => {
    const plans = join(folder, 'plans');
    const data = join(folder, 'data');
    run(generator, '--count', String(count), '--seed', '42', '--out', plans, '--no-drawings');
    run(pipeline, 'phase1', '--data', data, '--import', join(plans, 'graphs'));
    const first = run(pipeline, 'phase2', '--data', data);
    const again = run(pipeline, 'phase2', '--data', data);
    console.log(
      `phase 2 over ${count.toLocaleString('en').padStart(6)} graphs, built-in engine, start of Node included: ` +
        `${first.toFixed(2)} s, once more ${again.toFixed(2)} s`,
    );
    return Promise.resolve();
  });
}

/** Seconds that the command took. */
function run(file: string, ...args: string[]): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - startedAt) / 1000;
}
