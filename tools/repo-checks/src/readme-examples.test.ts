import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = ['libs', 'tools'].flatMap((room) =>
  readdirSync(join(root, room), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['repo-checks', 'bench'].includes(entry.name))
    .map((entry) => `${room}/${entry.name}`),
);

describe('the example in every README', () => {
  it.each(packages)('%s prints what it says', { timeout: 60_000 }, async (folder) => {
    const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const code = /^```ts\n([\s\S]*?)^```/m.exec(readme)?.[1];
    if (code === undefined) throw new Error(`${folder}/README.md has no example`);
    const expected = [...code.matchAll(/\/\/ → ?(.*)$/gm)].map((match) => match[1]);
    expect(expected.length).toBeGreaterThan(0);

    // Inside the package, so that its own name resolves as it does for a user.
    const place = mkdtempSync(join(root, folder, '.readme-example-'));
    try {
      writeFileSync(join(place, 'example.ts'), code);
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--conditions=@arae/source', join(place, 'example.ts')],
        {
          cwd: place,
        },
      );
      expect(stdout.trimEnd().split('\n')).toEqual(expected);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});
