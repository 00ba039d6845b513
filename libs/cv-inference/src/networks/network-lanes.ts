import { startWorker } from '../workers/start-worker.ts';
import type { StartedWorker } from '../workers/start-worker.ts';
import { WorkerEndedError } from '../workers/worker-ended-error.ts';
import type { InferenceBackend, InferenceOptions } from './inference-backend.ts';
import type { NetworkName } from './network-names.ts';
import type { NetworkSessionsOptions, OpenedNetworks } from './network-sessions.ts';
import { OutOfMemoryError } from './out-of-memory-error.ts';
import type { Tensor } from './tensor.ts';

const ENTRY = new URL('./network-worker', import.meta.url);

interface Job {
  readonly network: NetworkName;
  readonly input: Tensor;
  readonly order: number;
  readonly resolve: (output: Tensor) => void;
  readonly reject: (error: Error) => void;
}

interface Lane {
  worker: StartedWorker;
  isBusy: boolean;
}

/**
 * Threads that each hold all networks: a run goes to the next free one. One run at a time in a thread, so that what
 * waits, waits here and in the order of the drawings.
 */
export class NetworkLanes implements InferenceBackend {
  readonly #options: NetworkSessionsOptions;
  readonly #lanes: Lane[];
  #queue: Job[] = [];
  #isClosed = false;

  /** @param laneCount threads, 1 or more; with a GPU one, since its memory holds the networks once for each */
  constructor(options: NetworkSessionsOptions, laneCount: number) {
    this.#options = options;
    this.#lanes = Array.from({ length: laneCount }, () => ({ worker: this.#start(), isBusy: false }));
  }

  /** What is wrong with the provider on this machine; null: nothing. */
  probe(): Promise<string | null> {
    return (this.#lanes[0] as Lane).worker.calls.call('probe', null);
  }

  /** Loads all networks in every thread, and tells what the first found. */
  async open(): Promise<OpenedNetworks> {
    const [first] = await Promise.all(
      this.#lanes.map(({ worker }) => worker.calls.call<OpenedNetworks>('open', null)),
    );
    return first as OpenedNetworks;
  }

  run(network: NetworkName, input: Tensor, { order = 0 }: InferenceOptions = {}): Promise<Tensor> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(new WorkerEndedError('network worker', 'the models are closed'));
        return;
      }
      const behind = this.#queue.findIndex((job) => job.order > order);
      const job: Job = { network, input, order, resolve, reject };
      this.#queue.splice(behind === -1 ? this.#queue.length : behind, 0, job);
      this.#dispatch();
    });
  }

  async release(): Promise<void> {
    await Promise.all(this.#lanes.map(({ worker }) => worker.calls.call('release', null)));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#queue) {
      reject(new WorkerEndedError('network worker', 'the models are closed'));
    }
    this.#queue = [];
    await Promise.all(this.#lanes.map(({ worker }) => worker.close()));
  }

  #start(): StartedWorker {
    return startWorker({ name: 'network worker', entry: ENTRY, workerData: this.#options });
  }

  #dispatch(): void {
    for (const lane of this.#lanes) {
      if (lane.isBusy) continue;
      const job = this.#queue.shift();
      if (job === undefined) return;
      void this.#work(lane, job);
    }
  }

  async #work(lane: Lane, { network, input, resolve, reject }: Job): Promise<void> {
    lane.isBusy = true;
    try {
      resolve(await lane.worker.calls.call<Tensor>('run', { network, input }, [input.data.buffer]));
    } catch (error) {
      const { name, message } = error as Error;
      reject(name === 'OutOfMemoryError' ? new OutOfMemoryError(message) : (error as Error));
      if (error instanceof WorkerEndedError && !this.#isClosed) lane.worker = this.#start();
    } finally {
      lane.isBusy = false;
      this.#dispatch();
    }
  }
}
