import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compactModelsManifest } from './compact-models-manifest.ts';

interface Entry {
  readonly file: string;
  readonly sha256: string;
}

const folder = dirname(compactModelsManifest);
const { networks } = JSON.parse(readFileSync(compactModelsManifest, 'utf8')) as {
  networks: Record<string, Entry>;
};
const card = readFileSync(fileURLToPath(new URL('../MODEL_CARD.md', import.meta.url)), 'utf8');

describe('the compact networks', () => {
  it('are five, and nothing else lies beside them', () => {
    expect(Object.keys(networks).sort()).toEqual([
      'objects',
      'spaces',
      'structures',
      'textDetection',
      'textRecognition',
    ]);
    expect(readdirSync(folder).sort()).toEqual(
      ['models.json', ...Object.values(networks).map(({ file }) => file)].sort(),
    );
  });

  it.each(Object.entries(networks))('%s is the file that manifest and card name', (_, { file, sha256 }) => {
    const digest = createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
    expect(digest).toBe(sha256);
    expect(card).toContain(sha256);
  });

  it('are smaller than 20 MB together', () => {
    const sizes = Object.values(networks).map(({ file }) => statSync(join(folder, file)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20e6);
  });
});
