import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/test-workspace.ts';
import { openRowSpool } from './row-spool.ts';

describe('the spool of rows', () => {
  it('gives lines back by their places, many at a time, while some are not on the disk yet', async () => {
    const folder = temporaryFolder();
    const spool = await openRowSpool(folder);
    const lines = Array.from({ length: 3000 }, (_, index) => `${index} ${'가'.repeat(index % 700)}`);
    const places: number[] = [];
    for (const line of lines) places.push(await spool.append(Buffer.from(line)));
    const read = await Promise.all(places.toReversed().map((place) => spool.read(place)));
    expect(read.map(String)).toEqual(lines.toReversed());
    const further = await spool.append(Buffer.from('끝'));
    expect(String(await spool.read(further))).toBe('끝');
    await spool.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
