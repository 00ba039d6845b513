import type { InferenceBackend } from '../networks/inference-backend.ts';
import type { NetworkName } from '../networks/network-names.ts';
import type { Tensor } from '../networks/tensor.ts';
import type { CallHandlers } from '../workers/call-channel.ts';
import { startWorker } from '../workers/start-worker.ts';
import type { StartedWorker } from '../workers/start-worker.ts';
import { WorkerEndedError } from '../workers/worker-ended-error.ts';
import type { DrawingAnalysis, DrawingAnalysisSettings, DrawingTask } from './create-drawing-analysis.ts';

const ENTRY = new URL('./drawing-worker', import.meta.url);

export interface DrawingWorkersOptions {
  readonly settings: DrawingAnalysisSettings;
  readonly backend: InferenceBackend;
  /** Threads, 1 or more. */
  readonly count: number;
  /** What the threads run, without extension; default: the analysis itself. */
  readonly entry?: URL | undefined;
}

/** Threads for everything but the networks. One that dies takes its drawings with it and is replaced. */
export class DrawingWorkers {
  readonly #options: DrawingWorkersOptions;
  readonly #handlers: CallHandlers;
  readonly #workers: StartedWorker[];

  constructor(options: DrawingWorkersOptions) {
    this.#options = options;
    this.#handlers = {
      run: async ({ network, input, order }: { network: NetworkName; input: Tensor; order: number }) => {
        const value = await options.backend.run(network, input, { order });
        return { value, transfer: [value.data.buffer] };
      },
    };
    this.#workers = Array.from({ length: options.count }, () => this.#start());
  }

  /** @throws WorkerEndedError when the thread died; errors of the analysis keep their name and message. */
  async analyse(task: DrawingTask): Promise<DrawingAnalysis> {
    const worker = this.#workers.reduce((best, other) =>
      other.calls.pending < best.calls.pending ? other : best,
    );
    try {
      return await worker.calls.call<DrawingAnalysis>('analyse', task);
    } catch (error) {
      const place = this.#workers.indexOf(worker);
      // Each of its drawings comes by here; the first replaces it.
      if (error instanceof WorkerEndedError && place !== -1) this.#workers[place] = this.#start();
      throw error;
    }
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }

  #start(): StartedWorker {
    const { settings, entry = ENTRY } = this.#options;
    return startWorker({ name: 'drawing worker', entry, workerData: settings, handlers: this.#handlers });
  }
}
