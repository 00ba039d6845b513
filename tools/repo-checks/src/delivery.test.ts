import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string): string =>
  readFileSync(join(fileURLToPath(new URL('../../..', import.meta.url)), path), 'utf8');

describe('the workflow of pull requests', () => {
  const workflow = read('.github/workflows/ci.yml');

  it('compares the whole history and runs every kind of check', () => {
    expect(workflow).toContain('fetch-depth: 0');
    expect(workflow).toMatch(/npx nx affected -t lint typecheck test build --base="\$BASE"/);
    expect(workflow).toContain('BASE: ${{ github.event.pull_request.base.sha }}');
    expect(workflow).toContain('bash python/run-tests.sh');
    expect(workflow).toContain('npm run packages');
  });

  it('puts nothing that a stranger names into a shell', () => {
    const commands = [...workflow.matchAll(/^ *(?:- )?run: (?:\|\n((?: {10}.*\n)+)|(.+)\n)/gm)];
    expect(commands.length).toBeGreaterThan(8);
    for (const [command] of commands) expect(command).not.toContain('${{');
  });
});

describe('a release', () => {
  const { release } = JSON.parse(read('nx.json')) as { release: Record<string, unknown> };

  it('gives everything one version, with a changelog from the commits', () => {
    // One version for all: the libraries share contracts (prompt, schema, graph) and are only ever tested together, and apps
    // name them by exact version, so these must move with them.
    expect(release).toMatchObject({
      projects: ['libs/*', 'apps/*', 'tools/*'],
      projectsRelationship: 'fixed',
      version: { conventionalCommits: true },
      changelog: { workspaceChangelog: { file: '{workspaceRoot}/CHANGELOG.md' } },
    });
    // Nx pushes only when told to, or when it is to make a release at the server.
    expect(JSON.stringify(release)).not.toMatch(/"push":true|"createRelease":(?!false)/);
  });
});
