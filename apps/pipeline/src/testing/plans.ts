import { join } from 'node:path';
import { writePlans } from '@arae/plan-generator';
import { temporaryFolder } from './test-workspace.ts';

/** Ready graphs of generated plans, without drawings. */
export async function generatedGraphs(count: number, seed = 1): Promise<string> {
  const outDir = temporaryFolder();
  await writePlans({ count, seed, outDir, drawings: false });
  return join(outDir, 'graphs');
}
