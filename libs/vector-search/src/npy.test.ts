import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NpyError } from './npy-error.ts';
import { readNpy } from './read-npy.ts';
import { hasNumpy, python } from './testing/numpy.ts';
import { writeNpy } from './write-npy.ts';

const rows = [Float32Array.of(1.5, -2, 3), Float32Array.of(0.1, 5, 6e-8)];

/** Written by numpy.save (NumPy 2.4) from [[1.5, -2, 3], [0.1, 5, 6e-8]]; the other kinds hold numbers of their own. */
const byNumpy = {
  float32:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAAwAAAQEDNzMw9AACgQFnZgDM=',
  float64:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAD4PwAAAAAAAADAAAAAAAAACECamZmZmZm5PwAAAAAAABRAK2mkKSsbcD4=',
  fortran:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/zczMPQAAAMAAAKBAAABAQAAAwEA=',
  int64:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQAAAAAAAAABQAAAAAAAAA=',
  oneAxis:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAACAPwAAAEA=',
};
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

function codeOf(file: Uint8Array): string {
  try {
    readNpy(file);
  } catch (error) {
    expect(error).toBeInstanceOf(NpyError);
    expect((error as NpyError).message).not.toContain('\n');
    return (error as NpyError).code;
  }
  return 'read';
}

describe('readNpy', () => {
  it('reads what NumPy wrote, also from the middle of a buffer', () => {
    expect(readNpy(bytesOf(byNumpy.float32))).toEqual({ rows, dimensions: 3, dtype: 'float32' });
    expect(readNpy(bytesOf(byNumpy.float64))).toEqual({ rows, dimensions: 3, dtype: 'float64' });
    const shifted = new Uint8Array([0, 0, 0, ...bytesOf(byNumpy.float32)]).subarray(3);
    expect(readNpy(shifted).rows).toEqual(rows);
  });

  it('refuses other kinds of NumPy files', () => {
    for (const kind of ['fortran', 'int64', 'oneAxis'] as const)
      expect(codeOf(bytesOf(byNumpy[kind]))).toBe('unsupported');
    const version2 = bytesOf(byNumpy.float32).with(6, 2);
    expect(codeOf(version2)).toBe('unsupported');
  });

  it('refuses a file cut off at any place, and one with something behind it', () => {
    const whole = bytesOf(byNumpy.float32);
    for (let length = 0; length < whole.length; length++)
      expect(codeOf(whole.subarray(0, length))).toBe('damaged');
    expect(codeOf(new Uint8Array([...whole, 0]))).toBe('damaged');
  });

  it('refuses a damaged header', () => {
    const whole = bytesOf(byNumpy.float32);
    expect(codeOf(whole.with(0, 0x92))).toBe('damaged');
    expect(codeOf(whole.with(10, 0x20))).toBe('damaged');
    const text = Buffer.from(whole).toString('latin1');
    expect(codeOf(Buffer.from(text.replace('(2, 3)', '(9, 3)'), 'latin1'))).toBe('damaged');
    expect(codeOf(Buffer.from(text.replace('shape', 'shapf'), 'latin1'))).toBe('damaged');
  });
});

describe('writeNpy', () => {
  it('writes the very bytes that NumPy writes', () => {
    expect(Buffer.from(writeNpy(rows, 3)).toString('base64')).toBe(byNumpy.float32);
  });

  it('aligns the numbers to 64 bytes and reads back what it wrote', () => {
    for (const [count, dimensions] of [
      [0, 768],
      [1, 1],
      [1000, 7],
      [3, 0],
    ] as const) {
      const table = Array.from({ length: count }, (_, row) => new Float32Array(dimensions).fill(row / 3));
      const file = writeNpy(table, dimensions);
      expect((file.length - count * dimensions * 4) % 64).toBe(0);
      expect(readNpy(file)).toEqual({ rows: table, dimensions, dtype: 'float32' });
    }
  });

  it('refuses rows of different lengths', () => {
    expect(() => writeNpy([rows[0]!, Float32Array.of(1)], 3)).toThrow(NpyError);
  });
});

describe.skipIf(!hasNumpy())('with NumPy', () => {
  it('reads a file of ours and writes one we read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'npy-'));
    try {
      const [ours, theirs] = [join(folder, 'ours.npy'), join(folder, 'theirs.npy')];
      writeFileSync(ours, writeNpy(rows, 3));
      const script =
        'import numpy, sys; a = numpy.load(sys.argv[1]); numpy.save(sys.argv[2], a * 2); print(a.dtype, a.shape)';
      expect(execFileSync(python, ['-c', script, ours, theirs], { encoding: 'utf8' }).trim()).toBe(
        'float32 (2, 3)',
      );
      expect(readNpy(readFileSync(theirs)).rows).toEqual(rows.map((row) => row.map((value) => value * 2)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
