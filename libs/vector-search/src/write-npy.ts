import { NpyError } from './npy-error.ts';

const ALIGNMENT = 64;
/** Magic text, version (1, 0) and two bytes for the length of the header. */
const PREAMBLE = [0x93, ...Buffer.from('NUMPY'), 1, 0];
const PREAMBLE_BYTES = PREAMBLE.length + 2;

/**
 * A NumPy file (format 1.0) that holds the rows as one table: float32, little endian, C order. `numpy.load` reads it.
 * @param rows any number of them, each `dimensions` long
 * @throws NpyError `bad-row`
 */
export function writeNpy(rows: readonly Float32Array[], dimensions: number): Uint8Array {
  rows.forEach((row, index) => {
    if (row.length === dimensions) return;
    throw new NpyError(
      `row ${index} has ${row.length} numbers instead of ${dimensions}: give rows of one length`,
      {
        code: 'bad-row',
      },
    );
  });
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows.length}, ${dimensions}), }`;
  const unpadded = PREAMBLE_BYTES + dictionary.length + 1;
  const header = dictionary + ' '.repeat((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT) + '\n';

  const dataStart = PREAMBLE_BYTES + header.length;
  const file = new Uint8Array(dataStart + rows.length * dimensions * 4);
  const view = new DataView(file.buffer);
  file.set(PREAMBLE);
  view.setUint16(PREAMBLE.length, header.length, true);
  file.set(Buffer.from(header, 'latin1'), PREAMBLE_BYTES);
  let offset = dataStart;
  for (const row of rows) {
    for (const value of row) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return file;
}
