import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON_FOLDER = new URL('../../../../python/', import.meta.url);
/** As `python/make-environment.sh` makes it, on Linux and on Windows. */
const ENVIRONMENT = ['../.tmp/venv-train/bin/python', '../.tmp/venv-train/Scripts/python.exe'];

export interface FinetuneCommand {
  program: string;
  /** Put before the command of arae-finetune. */
  args: string[];
  env: Record<string, string>;
}

/**
 * What starts `arae-finetune`: the configured program, else the interpreter that `PYTHON` names or the workspace's own environment or
 * `python3`, with the sources of the workspace.
 */
export function findFinetuneCommand(
  configured: readonly string[] | null,
  env: Readonly<Record<string, string | undefined>>,
): FinetuneCommand {
  if (configured !== null) {
    const [program = '', ...args] = configured;
    return { program, args, env: {} };
  }
  const own = ENVIRONMENT.map((path) => fileURLToPath(new URL(path, PYTHON_FOLDER))).find(existsSync);
  const sources = fileURLToPath(new URL('arae_finetune/src', PYTHON_FOLDER));
  const { PYTHON, PYTHONPATH } = env;
  return {
    program: PYTHON !== undefined && PYTHON !== '' ? PYTHON : (own ?? 'python3'),
    args: ['-m', 'arae_finetune'],
    env: {
      PYTHONPATH:
        PYTHONPATH === undefined || PYTHONPATH === '' ? sources : `${sources}${delimiter}${PYTHONPATH}`,
    },
  };
}
