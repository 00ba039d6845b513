import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { plainEnvironment } from './packages/plain-npm.ts';
import { readmeExamples } from './packages/readme-examples.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = ['libs', 'tools'].flatMap((room) =>
  readdirSync(join(root, room), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['repo-checks', 'bench'].includes(entry.name))
    .map((entry) => `${room}/${entry.name}`),
);

describe('the examples in every README', () => {
  it.each(packages)('%s print what they say', { timeout: 60_000 }, async (folder) => {
    const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const examples = readmeExamples(readme);
    if (examples.length === 0) throw new Error(`${folder}/README.md has no example`);
    // Inside the package, so that its own name resolves as it does for a user.
    const place = mkdtempSync(join(root, folder, '.readme-example-'));
    try {
      for (const { code, expected } of examples) {
        expect(expected.length).toBeGreaterThan(0);
        writeFileSync(join(place, 'example.ts'), code);
        const { stdout } = await promisify(execFile)(
          process.execPath,
          ['--conditions=@arae/source', join(place, 'example.ts')],
          { cwd: place, env: plainEnvironment() },
        );
        expect(stdout.trimEnd().split('\n')).toEqual(expected);
      }
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});
