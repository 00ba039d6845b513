import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of recorded results of the service; it is not part of this repository. */
export const recordedFolder = process.env['ARAE_SHARED'];

/** Says once, where a test file needs the recorded results and has none, that its tests are skipped. */
export function warnWithoutRecorded(): void {
  if (recordedFolder === undefined) {
    console.warn('skipped: the recorded results need ARAE_SHARED, the folder that holds them');
  }
}

/** A path in the recorded results. */
export function recordedPath(...parts: string[]): string {
  return join(recordedFolder ?? '', 'golden', ...parts);
}

export interface NumpyArray {
  readonly shape: readonly number[];
  /** The elements' bytes in C order. */
  readonly bytes: Uint8Array;
}

const NPY_HEAD = 10;

/** Reads a `.npy` file of format 1.0. */
export function readNpy(file: string): NumpyArray {
  const content = readFileSync(file);
  const headLength = content.readUInt16LE(NPY_HEAD - 2);
  const head = content.toString('latin1', NPY_HEAD, NPY_HEAD + headLength);
  const shape = (/'shape': \(([^)]*)\)/.exec(head)?.[1] ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  // A copy, so that the elements begin at an aligned address.
  return { shape, bytes: Uint8Array.from(content.subarray(NPY_HEAD + headLength)) };
}

/** A `.npy` file of float32. */
export function readFloatNpy(file: string): { shape: readonly number[]; values: Float32Array } {
  const { shape, bytes } = readNpy(file);
  return { shape, values: new Float32Array(bytes.buffer) };
}
