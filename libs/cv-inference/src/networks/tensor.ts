/** A float32 tensor, row-major. */
export interface Tensor {
  readonly data: Float32Array<ArrayBuffer>;
  readonly dims: readonly number[];
}
