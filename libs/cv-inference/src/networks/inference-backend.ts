import type { NetworkName } from './network-names.ts';
import type { Tensor } from './tensor.ts';

export interface InferenceOptions {
  /** Of runs that wait, the one with the smallest number goes first: older drawings before newer ones. */
  readonly order?: number;
}

/** What runs the networks: worker threads with onnxruntime, or a stand-in for tests and measurements. */
export interface InferenceBackend {
  /**
   * Runs one network on one input.
   *
   * The input's buffer may be moved away: it must not be used afterwards.
   * @throws OutOfMemoryError when the processor or the GPU has no room for it.
   */
  run(network: NetworkName, input: Tensor, options?: InferenceOptions): Promise<Tensor>;
  /** Gives back the memory of the device; the next run takes it anew. */
  release(): Promise<void>;
  /** Ends everything; runs under way are rejected. */
  close(): Promise<void>;
}
