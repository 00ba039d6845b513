import { execFileSync } from 'node:child_process';
import { whyNoSshd } from '@arae/transfer/testing';

/** Why no pod can be played here; undefined where all is there. */
export function whyNoPod(): string | undefined {
  return whyNoSshd() ?? whyNoPython();
}

function whyNoPython(): string | undefined {
  try {
    execFileSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'python3 with venv is missing: apt-get install python3-venv';
  }
}
