import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTokenCounter, readJsonLines } from '@arae/jsonl';
import type { ChatRow } from '@arae/jsonl';
import { Stopwatch } from './stopwatch.ts';
import { inTemporaryFolder } from './temporary-folder.ts';
import { writeVariedLabels } from './varied-labels.ts';

// npm run bench:dataset -w @arae/bench -- [items …]
/** Up to here tokens are counted too: the tokenizer takes about 10 ms for a row, whatever their number. */
const MOST_COUNTED = 10_000;
const counts = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const cli = join(root, 'apps/pipeline/bin/arae-pipeline.js');
/** As good for timing as the real one: of the same kind, with fewer words, so it finds more tokens in a text. */
const tokenizer = join(root, 'test-fixtures/chat-template/tokenizer');
const PEAK = `data:text/javascript,process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))`;

for (const items of counts.length === 0 ? [1000, 10_000, 100_000] : counts) {
  await inTemporaryFolder(async (folder) => {
    await writeVariedLabels(folder, items);
    console.log(`${items.toLocaleString('en')} rows`);
    tell('phase 5, lengths estimated', runPhase5(folder));
    if (items > MOST_COUNTED) return;
    const counted = runPhase5(folder, '--tokenizer', tokenizer);
    const alone = await countAlone(folder);
    tell('phase 5, tokens counted', counted);
    tell('counting alone', { seconds: alone, mebibytes: null });
    console.log(
      `  ${'phase 5 to counting alone'.padEnd(30)} ${(counted.seconds / alone).toFixed(2).padStart(8)} ×`,
    );
  });
}

interface Measured {
  seconds: number;
  /** Of the largest process. */
  mebibytes: number | null;
}

function runPhase5(folder: string, ...flags: string[]): Measured {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [cli, 'phase5', '--data', folder, '--over-length', 'keep', ...flags],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: `--import "${PEAK}"` } },
  );
  if (status !== 0) throw new Error(stderr);
  const peaks = [...stderr.matchAll(/^peak (\d+)$/gm)].map(([, kibibytes]) => Number(kibibytes));
  return { seconds: (performance.now() - startedAt) / 1000, mebibytes: Math.max(...peaks) / 1024 };
}

/** Seconds in the tokenizer, without reading the rows. */
async function countAlone(folder: string): Promise<number> {
  const counter = await createTokenCounter(tokenizer);
  const watch = new Stopwatch();
  for (const side of ['train', 'val']) {
    for await (const { value } of readJsonLines(join(folder, `${side}.jsonl`)) as AsyncIterable<{
      value: ChatRow;
    }>) {
      const [system, user, assistant] = value.messages;
      watch.measure('count', () =>
        counter.count({ system: system.content, user: user.content }, assistant.content),
      );
    }
  }
  return watch.seconds('count');
}

function tell(name: string, { seconds, mebibytes }: Measured): void {
  const memory = mebibytes === null ? '' : `${Math.round(mebibytes).toString().padStart(7)} MiB`;
  console.log(`  ${name.padEnd(30)} ${seconds.toFixed(1).padStart(8)} s ${memory}`);
}
