import { join } from 'node:path';
import { plainEnvironment, npmProgram } from './plain-npm.ts';
import { runProgram } from './run-program.ts';

export interface PackedLibrary {
  readonly tarball: string;
  /** Bytes of the tarball, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

interface PackReport {
  name: string;
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

/**
 * Packs the libraries of some folders with npm. Returns what was packed by the name of the package.
 *
 * @param options.destination folder for the tarballs; without one nothing is written and no script of a library runs
 * @throws Error with npm's output when npm fails
 */
export async function packLibraries(
  folders: readonly string[],
  options: { workspace: string; destination?: string },
): Promise<ReadonlyMap<string, PackedLibrary>> {
  const { workspace, destination } = options;
  const mode =
    destination === undefined ? ['--dry-run', '--ignore-scripts'] : ['--pack-destination', destination];
  const [npm, ...start] = npmProgram();
  const { code, stdout, output } = await runProgram(npm, [...start, 'pack', '--json', ...mode, ...folders], {
    cwd: workspace,
    env: plainEnvironment(),
  });
  if (code !== 0) throw new Error(`npm pack: ${output.trim()}`);
  // npm 11 writes a list, npm 12 an object by name.
  const reports = Object.values(JSON.parse(stdout) as Record<string, PackReport>);
  return new Map(
    reports.map(({ name, filename, size, unpackedSize, files }) => [
      name,
      {
        tarball: join(destination ?? '', filename),
        size,
        unpackedSize,
        files: files.map(({ path }) => path),
      },
    ]),
  );
}
