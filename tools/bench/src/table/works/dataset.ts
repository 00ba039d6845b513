import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { writeVariedLabels } from '../../varied-labels.ts';
import type { Works } from '../works.ts';

const CLI = fileURLToPath(new URL('../../../../../apps/pipeline/bin/arae-pipeline.js', import.meta.url));
const PEAK = `data:text/javascript,process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))`;
let peak = 0;

/**
 * Phase 5 with its checks, balance, near-duplicates, group split and reports (lengths estimated), the start of Node included, beside Python that
 * reads the same files and writes the same number of rows without looking at them, the start of Python left out.
 */
export const dataset: Works = {
  prepare: writeVariedLabels,
  ours: (folder) =>
    Promise.resolve(() => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [CLI, 'phase5', '--data', folder, '--over-length', 'keep'],
        { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: `--import "${PEAK}"` } },
      );
      if (status !== 0) throw new Error(stderr);
      peak = Math.max(
        peak,
        ...[...stderr.matchAll(/^peak (\d+)$/gm)].map(([, kibibytes]) => Number(kibibytes)),
      );
      return null;
    }),
  peakKibibytes: () => peak,
  plain: 'python',
};
