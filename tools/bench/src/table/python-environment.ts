import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('../../python/requirements.txt', import.meta.url));

/** Python with what the plain sides need, made under `.tmp` where it is not there; or why there is none. */
export function pythonEnvironment(): { python: string } | { missing: string } {
  const folder = join(ROOT, '.tmp/venv-bench');
  const python = join(folder, 'bin/python');
  const stamp = join(folder, 'requirements.txt');
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python };
  try {
    console.error('bench: making a Python environment in .tmp/venv-bench');
    const quietly = { stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] };
    execFileSync('python3', ['-m', 'venv', folder], quietly);
    execFileSync(
      python,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS],
      quietly,
    );
    writeFileSync(stamp, wanted);
    return { python };
  } catch (error) {
    return { missing: `no Python: ${(error as Error).message.trim().split('\n').at(-1) ?? ''}` };
  }
}
