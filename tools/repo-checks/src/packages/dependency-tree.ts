import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';

export interface DependencyTree {
  /** Packages in node_modules, the library itself among them. */
  readonly packages: number;
  /** Bytes of their files. */
  readonly size: number;
}

/** What npm has installed into a project. */
export function dependencyTree(project: string): DependencyTree {
  const lock = JSON.parse(readFileSync(join(project, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  const size = listFiles(project, 'node_modules').reduce(
    (sum, file) => sum + lstatSync(join(project, file)).size,
    0,
  );
  return { packages: Object.keys(lock.packages).length, size };
}
