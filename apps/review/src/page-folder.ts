import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from './errors.ts';

const APP = fileURLToPath(new URL('..', import.meta.url));

/**
 * Folder of the built page. Inside the workspace it is built when it is missing or older than its sources.
 * @throws UsageError when it is missing and cannot be built
 */
export async function pageFolder(say: (line: string) => void): Promise<string> {
  const folder = join(APP, 'dist', 'page');
  const index = join(folder, 'index.html');
  const sources = join(APP, 'src', 'page');
  if (existsSync(sources) && !(existsSync(index) && statSync(index).mtimeMs > newestIn(sources))) {
    say('building the page …');
    try {
      const { build } = await import('vite');
      await build({ configFile: join(APP, 'vite.config.mts'), logLevel: 'error' });
    } catch (error) {
      throw new UsageError(`the page cannot be built (${(error as Error).message}): run npm ci`);
    }
  }
  if (!existsSync(index)) throw new UsageError(`${index} is missing: run nx build review`);
  return folder;
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}
