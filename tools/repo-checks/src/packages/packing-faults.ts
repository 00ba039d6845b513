import { SOURCE_CONDITION } from './published-manifest.ts';
import type { Exports, Manifest } from './published-manifest.ts';

/** What no package holds, whatever its `files` say: sources, tests, maps to sources, records of builds, hidden files. */
const NEVER = /^src\/|(?:^|\/)\.|(?<!\.d)\.ts$|\.map$|\.tsbuildinfo$|\.(?:test|spec|bench)\.(?:d\.ts|js)$/;

/** Everything that `exports` leads to in the packed library, as paths from its folder: `dist/index.js`. */
export function entryFiles(exports: Exports | undefined): string[] {
  if (exports === undefined) return [];
  if (typeof exports === 'string') return [exports.replace(/^\.\//, '')];
  return Object.entries(exports).flatMap(([key, value]) =>
    key === SOURCE_CONDITION ? [] : entryFiles(value),
  );
}

/**
 * What is wrong with the files that a library would pack, one line each.
 *
 * @param packed paths from the library's folder, `/` between
 * @param sources the same for the files under `src/`
 */
export function packingFaults(
  manifest: Manifest,
  packed: readonly string[],
  sources: readonly string[],
): string[] {
  const files = new Set(packed);
  const known = new Set(sources);
  const required = ['package.json', 'README.md', 'LICENSE', ...entryFiles(manifest.exports)];
  const data = (manifest.files ?? []).filter((pattern) => pattern !== 'dist' && !pattern.startsWith('!'));
  const faults = required.filter((path) => !files.has(path)).map((path) => `${path} is missing`);
  for (const pattern of data) {
    if (!packed.some((path) => isUnder(path, pattern))) faults.push(`nothing is packed for "${pattern}"`);
  }
  const isTestingExported = entryFiles(manifest.exports).some((path) => path.startsWith('dist/testing/'));
  for (const path of packed) {
    if (NEVER.test(path)) {
      faults.push(`${path} does not belong there`);
      continue;
    }
    if (required.includes(path) || data.some((pattern) => isUnder(path, pattern))) continue;
    const source = /^dist\/(.+?)(?:\.d\.ts|\.js)$/.exec(path)?.[1];
    if (source === undefined) faults.push(`${path} does not belong there`);
    else if (source.startsWith('testing/') && !isTestingExported) faults.push(`${path} is for tests only`);
    else if (!known.has(`src/${source}.ts`)) faults.push(`${path} is left from a source that is gone`);
  }
  return faults;
}

function isUnder(path: string, pattern: string): boolean {
  return path === pattern || path.startsWith(`${pattern.replace(/\/$/, '')}/`);
}
