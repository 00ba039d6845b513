import { gemmModel } from './gemm-model.ts';

/**
 * By how much a score in single precision can be off, for vectors of length 1 and this many numbers: each number is
 * rounded once, and each step of the sum once more (|a·b| summed up is at most 1), all by 2⁻²⁴.
 */
export const scoreError = (dimensions: number): number => (dimensions + 4) * 2 ** -24;

/** Products of queries with rows on the processor, by ONNX Runtime. */
export interface SingleScores {
  /** @param queries `[count, dimensions]`, unit vectors @returns `[count, rows]` */
  of(queries: Float32Array, count: number): Promise<Float32Array>;
}

/** @param rows `[size, dimensions]`, unit vectors; not copied */
export async function createSingleScores(rows: Float32Array, dimensions: number): Promise<SingleScores> {
  // Loaded for large indexes only: it takes a while.
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(gemmModel());
  const held = new Tensor('float32', rows, [rows.length / dimensions, dimensions]);
  return {
    of: async (queries, count) => {
      const asked = new Tensor('float32', queries, [count, dimensions]);
      const { scores } = await session.run({ queries: asked, rows: held });
      return scores?.data as Float32Array;
    },
  };
}
