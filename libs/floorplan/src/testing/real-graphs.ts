import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of ARAE's own graphs, by stem; null where the machine does not have them (ARAE_SHARED is not set). */
export function readRealGraphs(): Map<string, string> | null {
  const shared = process.env['ARAE_SHARED'];
  if (shared === undefined || shared === '') {
    console.warn('skipped: tests on real graphs (ARAE_SHARED is not set)');
    return null;
  }
  const folder = join(shared, 'real', 'topology');
  return new Map(
    readdirSync(folder).map((stem) => [
      stem,
      readFileSync(join(folder, stem, 'topology_graph.json'), 'utf8'),
    ]),
  );
}
