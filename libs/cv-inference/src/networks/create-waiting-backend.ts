import type { InferenceBackend } from './inference-backend.ts';
import type { NetworkName } from './network-names.ts';
import type { NetworkSettings } from './models-manifest.ts';
import type { Tensor } from './tensor.ts';

export interface WaitingBackendOptions {
  readonly networks: NetworkSettings;
  /** Milliseconds that each network takes for a run; one run of it at a time. */
  readonly waits: Readonly<Record<NetworkName, number>>;
  /** Called before every run; may throw. */
  readonly onRun?: (network: NetworkName, input: Tensor) => void;
}

/** Networks that find nothing and only wait, as the processor does for a GPU. */
export function createWaitingBackend({ networks, waits, onRun }: WaitingBackendOptions): InferenceBackend {
  const queues = new Map<NetworkName, Promise<unknown>>();
  return {
    run(network, input) {
      const run = (queues.get(network) ?? Promise.resolve()).then(async () => {
        onRun?.(network, input);
        await new Promise((resolve) => setTimeout(resolve, waits[network]));
        return nothingOn(network, input, networks);
      });
      queues.set(
        network,
        run.catch(() => undefined),
      );
      return run;
    },
    release: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function nothingOn(network: NetworkName, { dims }: Tensor, networks: NetworkSettings): Tensor {
  const [count = 1, , height = 1, width = 1] = dims;
  switch (network) {
    case 'objects':
    case 'textDetection':
      return { data: new Float32Array(0), dims: [1, 0, 6] };
    case 'textRecognition': {
      const symbols = [...networks.textRecognition.vocabulary].length + 1;
      return { data: new Float32Array(10 * count * symbols), dims: [10, count, symbols] };
    }
    case 'structures':
    case 'spaces': {
      const channels = networks[network].classes.length;
      return { data: new Float32Array(channels * height * width), dims: [1, channels, height, width] };
    }
  }
}
