import { describe, expect, it } from 'vitest';
import { figuresOf } from './figures.ts';
import { renderTable } from './render-table.ts';

const first = { size: 10, ours: [0.1, 0.2, 0.1], plain: [0.2, 0.2, 0.3], oursMiB: 90, plainMiB: 40 };
const second = { size: 1000, ours: [2, 2, 2], plain: [1, 2, 1], oursMiB: 120, plainMiB: 41 };

describe('figuresOf', () => {
  it('compares round by round, so that a slow moment of the machine meets both', () => {
    expect(figuresOf(first, null)).toMatchObject({
      oursSeconds: 0.1,
      plainSeconds: 0.2,
      ratio: { median: 2, least: 1, largest: expect.closeTo(3) as number },
      growth: null,
    });
    expect(figuresOf(second, first)).toMatchObject({ ratio: { median: 0.5 }, growth: 20 });
  });
});

describe('renderTable', () => {
  it('has a line for every size, and one for what could not be measured', () => {
    const lines = renderTable([
      { name: 'search', plainName: 'NumPy', unit: 'rows', sizes: [first, second], missing: null },
      { name: 'boxes', plainName: 'NumPy', unit: 'boxes', sizes: [], missing: 'no Python' },
    ]).split('\n');
    expect(lines).toHaveLength(5);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    const cells = (line = '') => line.split('|').map((part) => part.trim());
    expect(cells(lines[2]).slice(1, 10)).toEqual([
      'search',
      'NumPy',
      '10 rows',
      '100 ms',
      '200 ms',
      '2.00 (1.00–3.00)',
      '',
      '90',
      '40',
    ]);
    expect(cells(lines[3]).slice(1, 8)).toEqual([
      '',
      '',
      '1,000 rows',
      '2.00 s',
      '1.00 s',
      '0.50 (0.50–1.00)',
      '20.0 ×',
    ]);
    expect(cells(lines[4]).slice(1, 4)).toEqual(['boxes', 'NumPy', 'no Python']);
  });
});
