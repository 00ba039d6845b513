import { readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

  it.skipIf(process.platform === 'win32')('does not write through a link of its name', async () => {
    const folder = temporaryFolder();
    const outside = join(temporaryFolder(), 'mine');
    writeFileSync(outside, 'mine');
    symlinkSync(outside, join(folder, `.rows.jsonl.${process.pid}-0.tmp`));
    const spool = await openRowSpool(folder);
    expect(String(await spool.read(await spool.append(Buffer.from('끝'))))).toBe('끝');
    await spool.close();
    expect(readFileSync(outside, 'utf8')).toBe('mine');
  });
});
