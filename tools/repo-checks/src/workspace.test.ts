import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const rooms = ['libs', 'apps', 'tools'];

interface PackageJson {
  name: string;
  version: string;
  private?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

function readPackage(path: string): PackageJson {
  return JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as PackageJson;
}

const packages = rooms.flatMap((room) => readdirSync(join(root, room)).map((name) => `${room}/${name}`));

describe('the workspace', () => {
  it('runs on the Node that it brings, whatever the machine has', () => {
    expect(process.versions.node.split('.')[0]).toBe('24');
    const viaShell = execFileSync('npx', ['node', '-p', 'process.versions.node'], {
      cwd: root,
      shell: process.platform === 'win32',
    });
    expect(viaShell.toString().trim().split('.')[0]).toBe('24');
  });

  it('names every version exactly', () => {
    for (const path of ['.', ...packages]) {
      const { dependencies, devDependencies } = readPackage(path);
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        expect(version, `${path}: ${name}`).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
      }
    }
  });

  it('hoists each run-time package in one version, so that the cache of phases sees its changes', () => {
    const rootVersions = readPackage('.').dependencies ?? {};
    for (const path of packages) {
      for (const [name, version] of Object.entries(readPackage(path).dependencies ?? {})) {
        if (!name.startsWith('@arae/')) expect(rootVersions[name], `${name} of ${path}`).toBe(version);
      }
    }
  });

  it('publishes the libraries and nothing else', () => {
    for (const path of packages) {
      expect(readPackage(path).private === true, path).toBe(!path.startsWith('libs/'));
    }
  });
});
