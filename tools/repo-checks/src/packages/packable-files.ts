import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import type { Manifest } from './published-manifest.ts';

/** What npm would take from a library's folder by `files`, told without npm. */
export function packableFiles(folder: string, { files = [] }: Manifest): string[] {
  const always = ['package.json', 'README.md', 'LICENSE'];
  const chosen = files.filter((pattern) => !pattern.startsWith('!'));
  return [
    ...[...always, ...chosen].filter(
      (path) => /\.\w+$|^LICENSE$/.test(path) && existsSync(join(folder, path)),
    ),
    ...chosen.filter((path) => !/\.\w+$/.test(path)).flatMap((path) => listFiles(folder, path)),
  ].filter((path) => !path.endsWith('.tsbuildinfo'));
}
