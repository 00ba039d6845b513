import { InferenceSession, Tensor as OrtTensor, env } from 'onnxruntime-node';
import type { NetworkShape, ValueShape } from './check-network-shape.ts';
import type { NetworkName } from './network-names.ts';
import { OutOfMemoryError, isOutOfMemory } from './out-of-memory-error.ts';
import { PROBE_MODEL } from './probe-model.ts';
import type { Provider } from './providers.ts';
import type { Tensor } from './tensor.ts';
import { freeBuffer } from '../workers/free-buffer.ts';

// What it would print on its own is told by the errors anyway.
env.logLevel = 'fatal';

export interface NetworkSessionsOptions {
  readonly files: readonly { readonly network: NetworkName; readonly path: string }[];
  readonly provider: Provider;
  /** Threads inside one network on the CPU. */
  readonly threads: number;
  /** Runs of one network after which all sessions are made anew; null: never. */
  readonly releaseEvery: number | null;
}

export type OpenedNetworks = Readonly<Record<string, NetworkShape | { readonly problem: string }>>;

/** The sessions of one thread. */
export class NetworkSessions {
  readonly #options: NetworkSessionsOptions;
  readonly #sessions = new Map<NetworkName, InferenceSession>();
  readonly #runs = new Map<NetworkName, number>();

  constructor(options: NetworkSessionsOptions) {
    this.#options = options;
  }

  /** Loads a graph of a few bytes, to see whether the provider works here; gives what is wrong, or null. */
  async probe(): Promise<string | null> {
    try {
      const session = await InferenceSession.create(PROBE_MODEL, this.#sessionOptions());
      await session.release();
      return null;
    } catch (error) {
      return inOneLine(error);
    }
  }

  /** Opens all networks and tells their inputs and outputs. */
  async open(): Promise<OpenedNetworks> {
    const opened: Record<string, NetworkShape | { problem: string }> = {};
    for (const { network } of this.#options.files) {
      try {
        const { inputMetadata, outputMetadata } = await this.#session(network);
        opened[network] = { inputs: inputMetadata.map(valueShape), outputs: outputMetadata.map(valueShape) };
      } catch (error) {
        opened[network] = { problem: inOneLine(error) };
      }
    }
    return opened;
  }

  async run(network: NetworkName, { data, dims }: Tensor): Promise<Tensor> {
    try {
      const session = await this.#session(network);
      const [input = ''] = session.inputNames;
      const [output = ''] = session.outputNames;
      const results = await session.run({ [input]: new OrtTensor('float32', data, dims) }, [output]);
      const result = results[output] as OrtTensor;
      // A copy, since the runtime owns the memory of its results and that cannot move to another thread.
      const copy = (result.data as Float32Array).slice();
      result.dispose();
      await this.#releaseWhenDue(network);
      return { data: copy, dims: [...result.dims] };
    } catch (error) {
      if (!isOutOfMemory(error)) throw new Error(`network ${network}: ${inOneLine(error)}`, { cause: error });
      // What the device still holds would fail the next run too.
      await this.release().catch(() => undefined);
      throw new OutOfMemoryError(`network ${network}: out of memory (${inOneLine(error)})`, { cause: error });
    } finally {
      freeBuffer(data);
    }
  }

  async release(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    this.#runs.clear();
    for (const session of sessions) await session.release();
  }

  async #session(network: NetworkName): Promise<InferenceSession> {
    const open = this.#sessions.get(network);
    if (open !== undefined) return open;
    const path = this.#options.files.find((file) => file.network === network)?.path;
    if (path === undefined) throw new Error(`there is no network ${network}`);
    const session = await InferenceSession.create(path, this.#sessionOptions());
    this.#sessions.set(network, session);
    return session;
  }

  /** Drivers lose memory over hours; every drawing runs each network once or more. */
  async #releaseWhenDue(network: NetworkName): Promise<void> {
    const runs = (this.#runs.get(network) ?? 0) + 1;
    this.#runs.set(network, runs);
    const { releaseEvery } = this.#options;
    if (network === 'spaces' && releaseEvery !== null && runs >= releaseEvery) await this.release();
  }

  #sessionOptions(): InferenceSession.SessionOptions {
    const { provider, threads } = this.#options;
    return {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    };
  }
}

function valueShape(value: InferenceSession.ValueMetadata): ValueShape {
  if (!value.isTensor) return { name: value.name, type: 'no tensor', shape: [] };
  return { name: value.name, type: value.type, shape: value.shape };
}

/** The runtime's words in one line; what was found and expected often stands behind the first line break. */
function inOneLine(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return message.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}
