// `npm run packages`: builds and packs every library into .tmp/packages, looks at each as its users get it, prints what it
// weighs, and ends with "N passed, N failed".
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLibrary } from './check-library.ts';
import type { LibraryResult } from './check-library.ts';
import { putBackManifest, readManifest } from './manifest-swap.ts';
import { packLibraries } from './pack-libraries.ts';
import { packageTable } from './package-table.ts';
import { runProgram } from './run-program.ts';

const workspace = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[/\\]$/, '');
const folders = readdirSync(join(workspace, 'libs')).map((name) => join(workspace, 'libs', name));
const destination = join(workspace, '.tmp', 'packages');

// A build deletes nothing, so what is left of sources that are gone goes first.
for (const folder of folders) rmSync(join(folder, 'dist'), { recursive: true, force: true });
const built = await runProgram(
  `${workspace}/node_modules/.bin/nx`,
  ['run-many', '-t', 'build', '-p', 'libs/*', '--outputStyle=static'],
  { cwd: workspace },
);
if (built.code !== 0) {
  console.error(built.output);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

rmSync(destination, { recursive: true, force: true });
mkdirSync(destination, { recursive: true });
const place = mkdtempSync(join(tmpdir(), 'arae-packages-'));
const cleanUp = (): void => {
  rmSync(place, { recursive: true, force: true });
  for (const folder of folders) putBackManifest(folder, workspace);
};
process.once('SIGINT', () => {
  cleanUp();
  process.exit(130);
});

try {
  const packed = await packLibraries(folders, { workspace, destination });
  const tarballs = new Map([...packed].map(([name, { tarball }]) => [name, tarball]));
  const results: LibraryResult[] = [];
  // Two at a time, since installing waits for the disk.
  const waiting = folders.map((_, i) => i);
  const worker = async (): Promise<void> => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      const result = await checkLibrary({
        folder: folders[i]!,
        packed: packed.get(readManifest(folders[i]!).name)!,
        tarballs,
        workspace,
        place,
      });
      results[i] = result;
      for (const { name, fault } of result.checks) {
        console.log(fault === null ? `ok      ${name}` : `FAILED  ${name}: ${fault}`);
      }
      if (result.tree !== null) console.log(`${result.tree.drawing}\n`);
    }
  };
  await Promise.all([worker(), worker()]);
  const rows = folders.map((folder, i) => {
    const { name } = readManifest(folder);
    const { size, unpackedSize, files } = packed.get(name)!;
    return { name, size, unpackedSize, files: files.length, tree: results[i]!.tree };
  });
  console.log(`\n${packageTable(rows)}\n`);
  const checks = results.flatMap((result) => result.checks);
  const failed = checks.filter(({ fault }) => fault !== null).length;
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  cleanUp();
}
