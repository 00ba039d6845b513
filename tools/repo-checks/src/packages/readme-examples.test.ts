import { describe, expect, it } from 'vitest';
import { importedPackages, readmeExamples } from './readme-examples.ts';

describe('readmeExamples', () => {
  it('takes the programs and what they print', () => {
    const markdown = [
      '```ts',
      'console.log(1);',
      '// → 1',
      '```',
      '```js',
      'console.log(2); // → 2',
      '```',
      '```ts',
      'x(); // →',
      '```',
      '',
    ].join('\n');
    expect(readmeExamples(markdown)).toEqual([
      { code: 'console.log(1);\n// → 1\n', expected: ['1'] },
      { code: 'x(); // →\n', expected: [''] },
    ]);
  });
});

describe('importedPackages', () => {
  it('names packages without their inner paths, Node and files aside', () => {
    const code = `import { readFile } from 'node:fs/promises';
import {
  one,
  two,
} from '@arae/floorplan';
import type { Three } from '@arae/floorplan';
import { fake } from '@arae/transfer/testing';
import yargs from 'yargs/helpers';
import { local } from './local.ts';
console.log(\`from 'nothing'\`);
`;
    expect(importedPackages(code)).toEqual(['@arae/floorplan', '@arae/transfer', 'yargs']);
  });
});
