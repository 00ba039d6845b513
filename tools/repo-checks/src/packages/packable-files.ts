import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import type { Manifest } from './published-manifest.ts';

/** What npm would take from a library's folder by `files`, told without npm. Of what `files` leaves out, it knows endings. */
export function packableFiles(folder: string, { files = [] }: Manifest): string[] {
  const always = ['package.json', 'README.md', 'LICENSE'];
  const chosen = files.filter((pattern) => !pattern.startsWith('!'));
  const leftOut = files
    .filter((pattern) => pattern.startsWith('!**/*.'))
    .map((pattern) => pattern.slice('!**/*'.length));
  return [
    ...[...always, ...chosen].filter(
      (path) => /\.\w+$|^LICENSE$/.test(path) && existsSync(join(folder, path)),
    ),
    ...chosen.filter((path) => !/\.\w+$/.test(path)).flatMap((path) => listFiles(folder, path)),
  ].filter((path) => !leftOut.some((ending) => path.endsWith(ending)));
}
