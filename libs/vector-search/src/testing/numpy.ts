import { execFileSync } from 'node:child_process';

/** The interpreter that tests run NumPy with. */
export const python = process.env['PYTHON'] ?? 'python3';

/** Whether NumPy is there; says so when it is not. */
export function hasNumpy(): boolean {
  try {
    execFileSync(python, ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log(
      `the tests with NumPy itself are skipped: "${python} -c 'import numpy'" fails (PYTHON names another one)`,
    );
    return false;
  }
}
