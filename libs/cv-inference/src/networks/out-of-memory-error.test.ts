import { expect, it } from 'vitest';
import { isOutOfMemory } from './out-of-memory-error.ts';

it.each([
  'Failed to allocate memory for requested buffer of size 8589934592',
  'CUDA failure 2: out of memory ; GPU=0',
  '/onnxruntime/core/framework/bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t)',
  'CUDNN failure 2: CUDNN_STATUS_ALLOC_FAILED',
  'Non-zero status code returned while running Conv node. 8007000E Not enough memory resources are available',
  'The GPU device instance has been suspended. DXGI_ERROR_DEVICE_REMOVED 887A0005',
  'std::bad_alloc',
  'Array buffer allocation failed',
])('knows "%s" as a lack of memory', (message) => {
  expect(isOutOfMemory(new Error(message))).toBe(true);
});

it.each(['Got invalid dimensions for input: images', 'CUDA_ERROR_NO_DEVICE', 'file not found'])(
  'does not take "%s" for one',
  (message) => {
    expect(isOutOfMemory(new Error(message))).toBe(false);
    expect(isOutOfMemory(message)).toBe(false);
  },
);
