import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listFiles } from '../list-files.ts';
import { createConsumer, exampleFault, installImports } from './consumer-project.ts';
import type { Tarballs } from './consumer-project.ts';
import { dependencyTree } from './dependency-tree.ts';
import type { DependencyTree } from './dependency-tree.ts';
import { linterFault } from './lint-tarball.ts';
import { readManifest } from './manifest-swap.ts';
import type { PackedLibrary } from './pack-libraries.ts';
import { packingFaults } from './packing-faults.ts';
import { readmeExamples } from './readme-examples.ts';
import { typesFault } from './types-fault.ts';

export interface LibraryResult {
  readonly tree: DependencyTree | null;
  /** Every check by its name, with what is wrong, or null. */
  readonly checks: readonly { readonly name: string; readonly fault: string | null }[];
}

/**
 * Looks at a packed library as its users get it: files, linters, and its README's examples and types in an
 * empty project.
 */
export async function checkLibrary(options: {
  folder: string;
  packed: PackedLibrary;
  tarballs: Tarballs;
  workspace: string;
  /** A folder outside the workspace for the project. */
  place: string;
}): Promise<LibraryResult> {
  const { folder, packed, tarballs, workspace, place } = options;
  const manifest = readManifest(folder);
  const checks: { name: string; fault: string | null }[] = [];
  const check = async (name: string, find: () => Promise<string | null>): Promise<void> => {
    const fault = await find().catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    checks.push({ name: `${manifest.name}: ${name}`, fault });
  };

  await check('files', () =>
    Promise.resolve(packingFaults(manifest, packed.files, listFiles(folder, 'src')).join('; ') || null),
  );
  await check('publint', () => linterFault('publint', packed.tarball, workspace));
  await check('attw', () => linterFault('attw', packed.tarball, workspace));

  const project = join(place, basename(folder));
  let tree: DependencyTree | null = null;
  await check('install', async () => {
    await createConsumer(project, manifest.name, tarballs);
    tree = await dependencyTree(project);
    return null;
  });
  const examples = readmeExamples(readFileSync(join(folder, 'README.md'), 'utf8'));
  if (examples.length === 0) await check('example', () => Promise.resolve('the README has none'));
  for (const [index, example] of examples.entries()) {
    await check(`example ${index + 1}`, async () => {
      await installImports(project, example.code, tarballs);
      return exampleFault(project, `example-${index + 1}.ts`, example);
    });
  }
  await check('types', () =>
    typesFault(
      project,
      examples.map((_, index) => `example-${index + 1}.ts`),
      workspace,
    ),
  );
  return { tree, checks };
}
