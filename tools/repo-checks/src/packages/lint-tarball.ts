import { plainEnvironment } from './plain-npm.ts';
import { runProgram } from './run-program.ts';

/** The programs that look at a packed library, with the arguments before and after the tarball. */
const LINTERS = {
  publint: { before: ['run'], after: ['--strict'] },
  // The libraries are ES modules only, so what require() of old sees is not asked.
  attw: { before: [], after: ['--profile', 'esm-only', '--no-color'] },
};

/** What a linter says against a packed library, or null. `workspace` is the folder that it is installed in. */
export async function linterFault(
  linter: keyof typeof LINTERS,
  tarball: string,
  workspace: string,
): Promise<string | null> {
  const { before, after } = LINTERS[linter];
  const { code, output } = await runProgram(
    `${workspace}/node_modules/.bin/${linter}`,
    [...before, tarball, ...after],
    { cwd: workspace, env: plainEnvironment() },
  );
  return code === 0 ? null : output.trim();
}
