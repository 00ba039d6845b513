// Writes small ONNX files without a library: the few fields of the format that the known-answer models need.

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers and lists of them; the operators used here know no other attributes. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxConstant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

export interface OnnxValue {
  readonly name: string;
  /** A text is the name of an open size. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly OnnxConstant[];
  readonly nodes: readonly OnnxNode[];
}

const IR_VERSION = 8;
const OPSET = 13;
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/** The bytes of an ONNX file, the same for the same graph. */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  return message(
    number(1, IR_VERSION),
    text(2, 'arae-known-answer'),
    part(7, graphMessage(graph)),
    part(8, message(text(1, ''), number(2, OPSET))),
  );
}

function graphMessage({ name, inputs, outputs, constants, nodes }: OnnxGraph): Uint8Array {
  return message(
    ...nodes.map((node) => part(1, nodeMessage(node))),
    text(2, name),
    ...constants.map((constant) => part(5, constantMessage(constant))),
    ...inputs.map((value) => part(11, valueMessage(value))),
    ...outputs.map((value) => part(12, valueMessage(value))),
  );
}

function nodeMessage({ op, inputs, outputs, attributes = {} }: OnnxNode): Uint8Array {
  return message(
    ...inputs.map((input) => text(1, input)),
    ...outputs.map((output) => text(2, output)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => part(5, attributeMessage(name, value))),
  );
}

function attributeMessage(name: string, value: number | readonly number[]): Uint8Array {
  return typeof value === 'number'
    ? message(text(1, name), number(3, value), number(20, ATTRIBUTE_INT))
    : message(text(1, name), ...value.map((one) => number(8, one)), number(20, ATTRIBUTE_INTS));
}

function constantMessage({ name, dims, data }: OnnxConstant): Uint8Array {
  return message(
    ...dims.map((size) => number(1, size)),
    number(2, data instanceof Float32Array ? FLOAT : INT64),
    text(8, name),
    // Little-endian, as every platform that onnxruntime has binaries for.
    part(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
}

function valueMessage({ name, shape }: OnnxValue): Uint8Array {
  const sizes = shape.map((size) =>
    part(1, typeof size === 'number' ? message(number(1, size)) : message(text(2, size))),
  );
  const tensor = message(number(1, FLOAT), part(2, message(...sizes)));
  return message(text(1, name), part(2, message(part(1, tensor))));
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(fields));
}

function number(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return part(field, new TextEncoder().encode(value));
}

function part(field: number, content: Uint8Array): Uint8Array {
  return message(Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
