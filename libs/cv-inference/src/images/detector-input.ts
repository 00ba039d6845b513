/** From a point of the network's input, in its pixels, to the cropped drawing, in its pixels; not rounded. */
export type ToDrawing = (x: number, y: number) => readonly [x: number, y: number];

/** The input of a detection network. */
export interface DetectorInput {
  /** `1 × 3 × height × width`, 0…1, RGB. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly toDrawing: ToDrawing;
}
