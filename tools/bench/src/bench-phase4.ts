import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from './temporary-folder.ts';

// npm run bench:phase4 -w @arae/bench -- DATA [items …]
const [data, ...counts] = process.argv.slice(2);
if (data === undefined) {
  console.error('say which data folder: one with labels of openai and gemini, the demo for instance');
  process.exit(2);
}
const cli = fileURLToPath(new URL('../../../apps/pipeline/bin/arae-pipeline.js', import.meta.url));

for (const items of counts.length === 0 ? [100, 2000] : counts.map(Number)) {
  const seconds = await inTemporaryFolder((folder) => {
    multiply(data, folder, items);
    return Promise.resolve(timePhase4(folder, items));
  });
  console.log(
    `phase 4 over ${items.toLocaleString('en').padStart(6)} items: ${seconds.toFixed(2)} s, with the start of Node`,
  );
}

function timePhase4(folder: string, items: number): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [cli, 'phase4', '--data', folder], {
    encoding: 'utf8',
    // All of them are in the sample.
    env: { ...process.env, ARAE_PIPELINE_COMPARISON__SAMPLE_SIZE: String(items) },
  });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - startedAt) / 1000;
}

/** Copies the items of a data folder under new names until there are enough, with what is known of their making. */
function multiply(from: string, to: string, items: number): void {
  const sources = readdirSync(join(from, 'output'));
  const stems = Array.from({ length: items }, (_, index) => `COPY_${String(index).padStart(9, '0')}`);
  mkdirSync(join(to, 'progress'), { recursive: true });
  const sourceOf = (index: number) => sources[index % sources.length] as string;
  for (const [index, stem] of stems.entries()) {
    cpSync(join(from, 'output', sourceOf(index)), join(to, 'output', stem), { recursive: true });
  }
  writeFileSync(join(to, 'sampled_images.json'), JSON.stringify(stems));
  for (const teacher of ['openai', 'gemini']) {
    const calls = JSON.parse(readFileSync(join(from, `progress/${teacher}_calls.json`), 'utf8')) as {
      items: Record<string, unknown>;
    };
    const own = Object.fromEntries(stems.map((stem, index) => [stem, calls.items[sourceOf(index)]]));
    writeFileSync(join(to, `progress/${teacher}_calls.json`), JSON.stringify({ ...calls, items: own }));
    const journal = readFileSync(join(from, `progress/${teacher}_journal.jsonl`), 'utf8');
    const times = Math.ceil(items / sources.length);
    writeFileSync(join(to, `progress/${teacher}_journal.jsonl`), journal.repeat(times));
  }
}
