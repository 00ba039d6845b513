/** A network found no room in the memory of the processor or the GPU. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}

/**
 * What the providers of onnxruntime say when memory runs out: they have no code for it, so their words are all there
 * is. CPU arena, CUDA, DirectML (E_OUTOFMEMORY, and the device it loses), WebGPU, C++.
 */
const SIGNS = [
  /out of (?:device |gpu |video )?memory/i,
  /failed to allocate memory/i,
  /CUDA_ERROR_OUT_OF_MEMORY|CUDA failure 2\b/,
  /CUDNN_STATUS_ALLOC_FAILED|CUBLAS_STATUS_ALLOC_FAILED|cudaErrorMemoryAllocation/,
  /E_OUTOFMEMORY|8007000E|887A0005|DXGI_ERROR_DEVICE_REMOVED/i,
  /bad_alloc|BFCArena::AllocateRawInternal/,
  /array buffer allocation failed/i,
];

/** Whether a failure of a network means that memory ran out. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'OutOfMemoryError' || SIGNS.some((sign) => sign.test(error.message));
}
