import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, npmProgram } from './plain-npm.ts';
import { importedPackages } from './readme-examples.ts';
import type { ReadmeExample } from './readme-examples.ts';
import { runProgram } from './run-program.ts';

/** Packed libraries by name. */
export type Tarballs = ReadonlyMap<string, string>;

/** Makes an empty project in `folder` and installs one packed library; others that it needs come as they are packed too. */
export async function createConsumer(folder: string, name: string, tarballs: Tarballs): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await install(folder, [name], tarballs);
}

/** Installs what an example imports beside the library: packed libraries, and others in this workspace's versions. */
export async function installImports(folder: string, code: string, tarballs: Tarballs): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = Object.keys(dependencies);
  const missing = importedPackages(code).filter((name) => !names.includes(name));
  if (missing.length > 0) await install(folder, [...names, ...missing], tarballs);
}

/** Runs an example with plain Node. Returns what is wrong with what it prints, or null. */
export async function exampleFault(
  folder: string,
  program: string,
  { code, expected }: ReadmeExample,
): Promise<string | null> {
  writeFileSync(join(folder, program), code);
  const run = await runProgram(process.execPath, [program], {
    cwd: folder,
    env: plainEnvironment(),
  });
  if (run.code !== 0) return `exit ${run.code}: ${run.output.trim()}`;
  const printed = run.stdout.trimEnd().split('\n');
  if (expected.length === 0) return 'it does not say what it prints';
  return printed.join('\n') === expected.join('\n') ? null : `it prints ${JSON.stringify(printed)}`;
}

/** Makes a project depend on exactly these packages. */
async function install(folder: string, names: readonly string[], tarballs: Tarballs): Promise<void> {
  const others = [...tarballs].filter(([other]) => !names.includes(other));
  const project = {
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(
      names.map((name) => {
        const tarball = tarballs.get(name);
        return [name, tarball === undefined ? workspaceVersion(name) : `file:${tarball}`];
      }),
    ),
    overrides: Object.fromEntries(others.map(([other, file]) => [other, `file:${file}`])),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  const [npm, ...start] = npmProgram();
  // No library needs install scripts of its dependencies, and npm 12 runs none unasked.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const { code, output } = await runProgram(npm, [...start, 'install', ...options], {
    cwd: folder,
    env: plainEnvironment(),
  });
  if (code !== 0) throw new Error(`npm install: ${output.trim()}`);
}

function workspaceVersion(name: string): string {
  const manifest = fileURLToPath(new URL(`../../../../node_modules/${name}/package.json`, import.meta.url));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
