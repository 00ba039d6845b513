import { NpyError, type NpyErrorCode } from './npy-error.ts';

export interface NpyTable {
  /** Always float32: the numbers of a float64 file are rounded. */
  readonly rows: Float32Array[];
  /** Length of every row; known for a table without rows too. */
  readonly dimensions: number;
  /** How the numbers are stored in the file. */
  readonly dtype: 'float32' | 'float64';
}

const MAGIC = Buffer.from([0x93, ...Buffer.from('NUMPY')]);
const PREAMBLE_BYTES = 10;

/**
 * Reads a NumPy file (format 1.0) that holds a table of float32 or float64 in C order, little endian.
 * @throws NpyError `damaged` for a file that is cut off, too long or no NumPy file, `unsupported` for another type, order,
 * number of axes or version
 */
export function readNpy(file: Uint8Array): NpyTable {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < PREAMBLE_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw refused('damaged', 'it does not begin like a NumPy file');
  }
  const version = `${bytes[6]}.${bytes[7]}`;
  if (version !== '1.0') throw refused('unsupported', `its format is ${version}, not 1.0`);
  const dataStart = PREAMBLE_BYTES + bytes.readUInt16LE(8);
  if (bytes.length < dataStart) throw refused('damaged', 'it ends inside its header');

  const { width, count, dimensions } = parseHeader(bytes.toString('latin1', PREAMBLE_BYTES, dataStart));
  const expected = dataStart + count * dimensions * width;
  if (bytes.length !== expected) {
    throw refused('damaged', `it has ${bytes.length} bytes where its header promises ${expected}`);
  }
  const view = new DataView(file.buffer, file.byteOffset + dataStart, count * dimensions * width);
  const rows = Array.from({ length: count }, (_, row) =>
    Float32Array.from({ length: dimensions }, (_, column) => {
      const offset = (row * dimensions + column) * width;
      return width === 4 ? view.getFloat32(offset, true) : view.getFloat64(offset, true);
    }),
  );
  return { rows, dimensions, dtype: width === 4 ? 'float32' : 'float64' };
}

/** The header is a Python dictionary with three keys in any order, padded with spaces and ended by a newline. */
function parseHeader(header: string): { width: 4 | 8; count: number; dimensions: number } {
  const type = /'descr': *'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order': *(True|False)/.exec(header)?.[1];
  const shape = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  if (!/^\{.*\} *\n$/s.test(header) || order === undefined || shape === undefined) {
    throw refused('damaged', 'its header cannot be read');
  }
  if (type !== '<f4' && type !== '<f8')
    throw refused('unsupported', `its type is ${type === undefined ? 'a structure' : JSON.stringify(type)}`);
  if (order === 'True') throw refused('unsupported', 'its order is Fortran');
  const axes = shape
    .split(',')
    .filter((axis) => axis.trim() !== '')
    .map(Number);
  const [count, dimensions] = axes;
  if (axes.length !== 2 || count === undefined || dimensions === undefined) {
    throw refused('unsupported', `its shape is ${JSON.stringify(`(${shape})`)}, not rows and columns`);
  }
  return { width: type === '<f4' ? 4 : 8, count, dimensions };
}

function refused(code: NpyErrorCode, why: string): NpyError {
  const mend =
    code === 'damaged'
      ? 'remove it so that it is made again'
      : 'save it with numpy.save as a float32 table in C order';
  return new NpyError(`the NumPy file is refused, ${why}: ${mend}`, { code });
}
