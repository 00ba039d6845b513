// Networks whose answer for a drawing can be worked out by hand. They see a drawing in the eight colours that have each
// of red, green and blue off or on; every colour means one thing.
import type { OnnxConstant, OnnxGraph, OnnxNode } from './onnx-encoder.ts';

/** Red, green, blue: 0 or 1. */
export type Colour = readonly [number, number, number];

export const COLOURS = {
  white: [1, 1, 1],
  black: [0, 0, 0],
  red: [1, 0, 0],
  green: [0, 1, 0],
  blue: [0, 0, 1],
  cyan: [0, 1, 1],
  yellow: [1, 1, 0],
  magenta: [1, 0, 1],
} as const satisfies Record<string, Colour>;

/** Sides of the cells in which the two detectors look, in pixels of their input. */
export const OBJECT_CELL = 20;
export const TEXT_CELL = 32;
/** Width of every text box, around the cell that holds the colour. */
export const TEXT_BOX_WIDTH = 96;

export const VOCABULARY = '-안방거실';

/** A map of the likeness of every pixel to some colours: 1 for the colour itself, 0 for the seven others. */
function likeness(
  colours: readonly Colour[],
  /** What 0 and 1 of a channel look like in the network's input. */
  [dark, bright]: readonly [number, number] = [0, 1],
): { constants: OnnxConstant[]; nodes: OnnxNode[] } {
  const slope = 1 / (bright - dark);
  const weights = colours.flatMap((colour) => colour.map((part) => (part === 1 ? slope : -slope)));
  const biases = colours.map((colour) =>
    colour.reduce<number>((sum, part) => sum + (part === 1 ? -dark * slope : 1 + dark * slope), -2),
  );
  return {
    constants: [
      { name: 'weights', dims: [colours.length, 3, 1, 1], data: Float32Array.from(weights) },
      { name: 'biases', dims: [colours.length], data: Float32Array.from(biases) },
      { name: 'zero', dims: [], data: Float32Array.of(0) },
      { name: 'one', dims: [], data: Float32Array.of(1) },
    ],
    nodes: [
      { op: 'Conv', inputs: ['images', 'weights', 'biases'], outputs: ['raw'] },
      { op: 'Clip', inputs: ['raw', 'zero', 'one'], outputs: ['likeness'] },
    ],
  };
}

/** One channel for each list of colours, 1 where the drawing has one of them. */
export function segmentationGraph(name: string, channels: readonly (readonly Colour[])[]): OnnxGraph {
  const colours = channels.flat();
  const { constants, nodes } = likeness(colours);
  const belongs = channels.flatMap((own) => colours.map((colour) => (own.includes(colour) ? 1 : 0)));
  return {
    name,
    inputs: [{ name: 'images', shape: [1, 3, 'height', 'width'] }],
    outputs: [{ name: 'scores', shape: [1, channels.length, 'height', 'width'] }],
    constants: [
      ...constants,
      { name: 'belongs', dims: [channels.length, colours.length, 1, 1], data: Float32Array.from(belongs) },
    ],
    nodes: [...nodes, { op: 'Conv', inputs: ['likeness', 'belongs'], outputs: ['scores'] }],
  };
}

interface DetectorOptions {
  readonly name: string;
  readonly colour: Colour;
  readonly cell: number;
  readonly boxWidth: number;
  readonly boxHeight: number;
  /** The score of every class: the first is what is found. */
  readonly classCount: number;
}

/**
 * YOLOv5 rows, one for each cell: a box of fixed size around the middle of the cell; how sure it is = the share of the
 * cell in the colour.
 */
export function detectorGraph(options: DetectorOptions): OnnxGraph {
  const { name, colour, cell, boxWidth, boxHeight, classCount } = options;
  const { constants, nodes } = likeness([colour]);
  const scalar = (constant: string, value: number): OnnxConstant => ({
    name: constant,
    dims: [],
    data: Float32Array.of(value),
  });
  const axis = (constant: string, value: number): OnnxConstant => ({
    name: constant,
    dims: [],
    data: BigInt64Array.of(BigInt(value)),
  });
  const classes = Array.from({ length: classCount }, (_, index) => (index === 0 ? 'ones' : 'zeros'));
  return {
    name,
    inputs: [{ name: 'images', shape: [1, 3, 'height', 'width'] }],
    outputs: [{ name: 'output0', shape: [1, 'rows', 5 + classCount] }],
    constants: [
      ...constants,
      scalar('half', 0.5),
      scalar('cell', cell),
      scalar('boxWidth', boxWidth),
      scalar('boxHeight', boxHeight),
      axis('alongY', 2),
      axis('alongX', 3),
      { name: 'rowShape', dims: [3], data: BigInt64Array.of(1n, -1n, BigInt(5 + classCount)) },
    ],
    nodes: [
      ...nodes,
      {
        op: 'AveragePool',
        inputs: ['likeness'],
        outputs: ['share'],
        attributes: { kernel_shape: [cell, cell], strides: [cell, cell] },
      },
      { op: 'Mul', inputs: ['share', 'zero'], outputs: ['zeros'] },
      { op: 'Add', inputs: ['zeros', 'one'], outputs: ['ones'] },
      ...(['X', 'Y'] as const).flatMap((letter): OnnxNode[] => [
        { op: 'CumSum', inputs: ['ones', `along${letter}`], outputs: [`count${letter}`] },
        { op: 'Sub', inputs: [`count${letter}`, 'half'], outputs: [`middle${letter}`] },
        { op: 'Mul', inputs: [`middle${letter}`, 'cell'], outputs: [`centre${letter}`] },
      ]),
      { op: 'Mul', inputs: ['ones', 'boxWidth'], outputs: ['widths'] },
      { op: 'Mul', inputs: ['ones', 'boxHeight'], outputs: ['heights'] },
      {
        op: 'Concat',
        inputs: ['centreX', 'centreY', 'widths', 'heights', 'share', ...classes],
        outputs: ['columns'],
        attributes: { axis: 1 },
      },
      { op: 'Transpose', inputs: ['columns'], outputs: ['last'], attributes: { perm: [0, 2, 3, 1] } },
      { op: 'Reshape', inputs: ['last', 'rowShape'], outputs: ['output0'] },
    ],
  };
}

/** Steps of the recogniser: strips of 10 px of a crop of 250 px. */
const STEPS = 25;
/** In strips before this one red means 안 and green 거, in later ones 방 and 실. */
const FIRST_RIGHT_STEP = 5;

/** Reads red … magenta … red as 안방 and green … magenta … green as 거실; input normalised to −1 … 1. */
export function recogniserGraph(): OnnxGraph {
  const { constants, nodes } = likeness(
    [
      [1, 0, 0],
      [0, 1, 0],
    ],
    [-1, 1],
  );
  const symbols = [...VOCABULARY, '@'];
  const row = (symbol: string) => symbols.map((other) => (other === symbol ? 1 : 0));
  const isLeft = Array.from({ length: STEPS }, (_, step) => (step < FIRST_RIGHT_STEP ? 1 : 0));
  return {
    name: 'text-recognition',
    inputs: [{ name: 'images', shape: ['crops', 3, 60, 250] }],
    outputs: [{ name: 'scores', shape: [STEPS, 'crops', symbols.length] }],
    constants: [
      ...constants,
      { name: 'left', dims: [STEPS, 1, 1], data: Float32Array.from(isLeft) },
      { name: 'right', dims: [STEPS, 1, 1], data: Float32Array.from(isLeft, (value) => 1 - value) },
      { name: 'stepShape', dims: [3], data: BigInt64Array.of(BigInt(STEPS), -1n, 2n) },
      {
        name: 'symbols',
        dims: [4, symbols.length],
        data: Float32Array.from([...row('안'), ...row('거'), ...row('방'), ...row('실')]),
      },
      // The blank wins wherever neither colour is.
      { name: 'blank', dims: [symbols.length], data: Float32Array.from(row('-'), (value) => value / 2) },
    ],
    nodes: [
      ...nodes,
      {
        op: 'MaxPool',
        inputs: ['likeness'],
        outputs: ['strips'],
        attributes: { kernel_shape: [60, 10], strides: [60, 10] },
      },
      { op: 'Transpose', inputs: ['strips'], outputs: ['stepsFirst'], attributes: { perm: [3, 0, 1, 2] } },
      { op: 'Reshape', inputs: ['stepsFirst', 'stepShape'], outputs: ['steps'] },
      { op: 'Mul', inputs: ['steps', 'left'], outputs: ['leftPart'] },
      { op: 'Mul', inputs: ['steps', 'right'], outputs: ['rightPart'] },
      { op: 'Concat', inputs: ['leftPart', 'rightPart'], outputs: ['parts'], attributes: { axis: 2 } },
      { op: 'MatMul', inputs: ['parts', 'symbols'], outputs: ['letters'] },
      { op: 'Add', inputs: ['letters', 'blank'], outputs: ['scores'] },
    ],
  };
}
