import { join } from 'node:path';
import { plainEnvironment } from './plain-npm.ts';
import { runProgram } from './run-program.ts';

/**
 * What TypeScript says, strictly, against programs in a consumer's project and the types of the packed libraries that they
 * use; or null. What it says against other packages is theirs.
 */
export async function typesFault(
  project: string,
  programs: readonly string[],
  workspace: string,
): Promise<string | null> {
  const modules = join(workspace, 'node_modules');
  const flags = ['--noEmit', '--strict', '--noUncheckedIndexedAccess', '--pretty', 'false'];
  const target = ['--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,esnext.disposable'];
  const node = ['--types', 'node', '--typeRoots', join(modules, '@types')];
  const { code, output } = await runProgram(
    process.execPath,
    [join(modules, 'typescript', 'bin', 'tsc'), ...flags, ...target, ...node, ...programs],
    { cwd: project, env: plainEnvironment() },
  );
  if (code === 0) return null;
  const lines = output.split('\n').filter((line) => line.includes('error TS'));
  const ours = lines.filter(
    (line) => !line.startsWith('node_modules/') || line.startsWith('node_modules/@arae/'),
  );
  if (lines.length === 0) return output.trim();
  return ours.join('\n') || null;
}
