import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import { plainEnvironment, npmProgram } from './plain-npm.ts';
import { runProgram } from './run-program.ts';

export interface DependencyTree {
  /** Packages in node_modules, the library itself among them. */
  readonly packages: number;
  /** Bytes of their files. */
  readonly size: number;
  /** Which package brings which, as npm draws it. */
  readonly drawing: string;
}

/** What npm has installed into a project. */
export async function dependencyTree(project: string): Promise<DependencyTree> {
  const lock = JSON.parse(readFileSync(join(project, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { optional?: boolean }>;
  };
  const files = listFiles(project, 'node_modules').map((file) => lstatSync(join(project, file)).size);
  const [npm, ...start] = npmProgram();
  const { stdout } = await runProgram(npm, [...start, 'ls', '--all'], {
    cwd: project,
    env: plainEnvironment(),
  });
  return {
    packages: Object.keys(lock.packages).length,
    size: files.reduce((sum, size) => sum + size, 0),
    drawing: stdout
      .split('\n')
      .filter((line) => /^\W*[@\w]/.test(line) && !line.includes('UNMET OPTIONAL'))
      .slice(1)
      .map((line) => line.replace(/ -> .*| overridden$/, ''))
      .join('\n'),
  };
}
