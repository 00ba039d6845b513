import { join } from 'node:path';
import { environmentWithoutNpm, npmProgram } from './npm-program.ts';
import { runProgram } from './run-program.ts';

export interface PackedLibrary {
  readonly tarball: string;
  /** Bytes of the tarball, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

interface PackReport {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

/**
 * Packs the library of a folder with npm.
 *
 * @param options.destination folder for the tarball; without one nothing is written and no script of the library runs
 * @throws Error with npm's output when npm fails
 */
export async function packLibrary(
  folder: string,
  options: { destination?: string } = {},
): Promise<PackedLibrary> {
  const { destination } = options;
  const mode =
    destination === undefined ? ['--dry-run', '--ignore-scripts'] : ['--pack-destination', destination];
  const [npm, ...start] = npmProgram();
  const { code, stdout, output } = await runProgram(npm, [...start, 'pack', '--json', ...mode], {
    cwd: folder,
    env: environmentWithoutNpm(),
  });
  if (code !== 0) throw new Error(`npm pack in ${folder}: ${output.trim()}`);
  // npm 11 writes a list, npm 12 an object by name.
  const [report] = Object.values(JSON.parse(stdout) as Record<string, PackReport>);
  if (report === undefined) throw new Error(`npm pack in ${folder} tells of no package`);
  const { filename, size, unpackedSize, files } = report;
  return {
    tarball: join(destination ?? '', filename),
    size,
    unpackedSize,
    files: files.map(({ path }) => path),
  };
}
