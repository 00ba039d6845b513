import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { publishedManifest, SOURCE_CONDITION } from './published-manifest.ts';
import type { Manifest } from './published-manifest.ts';
import { repositoryUrl } from './repository-url.ts';

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Puts the package.json that users get into a library's folder; ours waits in `.tmp/packing` of the workspace. */
export function putPublishedManifest(folder: string, workspace: string): void {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const backup = backupOf(folder, workspace);
  // After a run that was killed the folder holds the packed form; what was put aside then is still ours.
  if (text.includes(SOURCE_CONDITION) || !existsSync(backup)) {
    mkdirSync(join(workspace, '.tmp', 'packing'), { recursive: true });
    writeFileSync(backup, text);
  }
  const url = repositoryUrl(originOf(workspace));
  const directory = relative(workspace, folder).split(sep).join('/');
  const published = publishedManifest(
    JSON.parse(readFileSync(backup, 'utf8')) as Manifest,
    url === null ? null : { url, directory },
  );
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}

/** The way back; nothing happens where nothing was put aside. */
export function putBackManifest(folder: string, workspace: string): void {
  const backup = backupOf(folder, workspace);
  if (!existsSync(backup)) return;
  writeFileSync(join(folder, 'package.json'), readFileSync(backup));
  rmSync(backup);
}

function backupOf(folder: string, workspace: string): string {
  return join(workspace, '.tmp', 'packing', `${basename(folder)}.package.json`);
}

function originOf(workspace: string): string {
  try {
    return execFileSync('git', ['remote', 'get-url', 'origin'], {
      cwd: workspace,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}
