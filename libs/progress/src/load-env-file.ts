import { parseEnv } from 'node:util';
import { readTextFileSync } from './read-text-file.ts';

/** Some keys and settings. */
const MAX_ENV_BYTES = 1024 ** 2;

/**
 * Sets the variables of a `.env` file that the environment does not have yet. A file that is not there has none.
 *
 * @throws FileTooLargeError for more than 1 MiB; what the file system says of a file that cannot be read
 */
export function loadEnvFile(path: string, env: Record<string, string | undefined>): void {
  let text: string;
  try {
    text = readTextFileSync(path, { maxBytes: MAX_ENV_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (!Object.hasOwn(env, name)) env[name] = value;
  }
}
