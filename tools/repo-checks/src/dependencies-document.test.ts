import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');

interface Described {
  version: string;
  license: string;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const tableRows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

// The root names every run-time dependency of libraries, apps and tools; another test sees to that.
const { dependencies } = readJson('package.json') as { dependencies: Record<string, string> };

describe('docs/dependencies.md', () => {
  it.each(Object.keys(dependencies))('names %s as it is installed, and why', (name) => {
    const { version, license } = readJson(`node_modules/${name}/package.json`) as Described;
    const row = tableRows.find(([first]) => first === `\`${name}\``) ?? [];
    expect(row.slice(1, 3)).toEqual([version, license]);
    expect(row[3]).toMatch(/^\d+\.\d+\.\d+, \d{4}-\d\d-\d\d$/);
    expect(row[5]?.length).toBeGreaterThan(6);
  });

  it('names no package that is gone', () => {
    const described = tableRows
      .filter((row) => row.length === 6 && row[0]?.startsWith('`'))
      .map(([name = '']) => name.replaceAll('`', ''));
    expect(described).toEqual(Object.keys(dependencies).sort());
  });

  it('names every licence of what is installed without development tools', () => {
    const lock = readJson('package-lock.json') as {
      packages: Record<string, { license?: string; dev?: boolean; link?: boolean }>;
    };
    const installed = Object.entries(lock.packages).filter(
      ([path, { dev, link }]) => path.includes('node_modules/') && dev !== true && link !== true,
    );
    const licences = new Set(installed.map(([path, { license }]) => license ?? `none: ${path}`));
    const named = tableRows
      .filter((row) => row.length === 2)
      .slice(1)
      .map(([licence]) => licence)
      .filter((licence) => !/^-+$/.test(licence ?? ''));
    expect([...licences].sort()).toEqual(named.sort());
  });

  it('tells of every package whose licence asks for more than a notice', () => {
    const lock = readJson('package-lock.json') as {
      packages: Record<string, { license?: string; dev?: boolean }>;
    };
    const asking = Object.entries(lock.packages)
      .filter(([, { license, dev }]) => dev !== true && /GPL|MPL|EPL|CDDL/.test(license ?? ''))
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(asking).toContain('geos-wasm');
    for (const name of asking) {
      expect(name).toMatch(/^(?:geos-wasm|@img\/sharp-(?:libvips-.*|win32-.*|wasm32))$/);
    }
  });
});
