/** Wire types of protocol buffers. */
const VARINT = 0;
const LENGTH = 2;

/** ONNX's numbers for float32 and for an attribute that is a whole number. */
const FLOAT = 1;
const INT = 2;

/** Versions that every ONNX Runtime of recent years reads; Gemm has not changed since. */
const IR_VERSION = 8;
const OPSET = 13;

/**
 * A network of one node in ONNX's format (https://onnx.ai/onnx/intro/concepts.html): `scores = queries · rowsᵀ`, with
 * `queries` `[Q, D]`, `rows` `[N, D]` and `scores` `[Q, N]` in float32, Q, N and D free.
 */
export function gemmModel(): Uint8Array {
  const node = [
    text(1, 'queries'),
    text(1, 'rows'),
    text(2, 'scores'),
    text(4, 'Gemm'),
    nested(5, text(1, 'transB'), number(3, 1), number(20, INT)),
  ];
  const graph = [
    nested(1, ...node),
    text(2, 'scores'),
    nested(11, ...matrix('queries', 'Q', 'D')),
    nested(11, ...matrix('rows', 'N', 'D')),
    nested(12, ...matrix('scores', 'Q', 'N')),
  ];
  return Uint8Array.from([number(1, IR_VERSION), nested(7, ...graph), nested(8, number(2, OPSET))].flat());
}

function matrix(name: string, ...sides: string[]): number[][] {
  const shape = nested(2, ...sides.map((side) => nested(1, text(2, side))));
  return [text(1, name), nested(2, nested(1, number(1, FLOAT), shape))];
}

const text = (field: number, value: string): number[] => bytes(field, [...new TextEncoder().encode(value)]);

const nested = (field: number, ...parts: number[][]): number[] => bytes(field, parts.flat());

const bytes = (field: number, content: number[]): number[] => [
  ...varint((field << 3) | LENGTH),
  ...varint(content.length),
  ...content,
];

const number = (field: number, value: number): number[] => [
  ...varint((field << 3) | VARINT),
  ...varint(value),
];

/** Seven bits at a time, the lowest first; the eighth says that more follow. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
