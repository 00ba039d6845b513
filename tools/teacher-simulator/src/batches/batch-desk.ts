import type { SimulatorClock } from '../clock.ts';
import type { Faults } from '../faults/faults-schema.ts';
import type { Provider, WireReply } from '../protocols/wire-protocol.ts';
import { randomFor } from '../seeded/random-for.ts';

/** One request of a batch. */
export interface BatchLine {
  /** The sender's name for it. */
  key: string;
  body: unknown;
}

export type BatchState = 'pending' | 'running' | 'succeeded' | 'failed' | 'expired' | 'cancelled';

export interface Batch {
  id: string;
  provider: Provider;
  /** The sender's name for it, wherever the protocol puts that. */
  name: string;
  model: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  state: BatchState;
  lines: readonly BatchLine[];
  /** What became of each line; null: not done. */
  results: (WireReply | null)[];
  /** Protocols keep what they were asked with, to give it back. */
  inputFile: string | null;
}

export interface BatchDeskOptions {
  seed: number;
  faults: Faults['batch'];
  clock: SimulatorClock;
  /** Answers one line, without limits and latency. */
  answer: (batch: Batch, line: BatchLine) => Promise<WireReply>;
}

/** Takes batches and works them off when somebody looks after them. Kept in memory: they end with the simulator. */
export class BatchDesk {
  readonly #options: BatchDeskOptions;
  readonly #batches: Batch[] = [];
  readonly #files = new Map<string, string>();

  constructor(options: BatchDeskOptions) {
    this.#options = options;
  }

  addFile(text: string): string {
    const id = `file-${this.#files.size + 1}`;
    this.#files.set(id, text);
    return id;
  }

  file(id: string): string | null {
    return this.#files.get(id) ?? null;
  }

  add(batch: Pick<Batch, 'provider' | 'name' | 'model' | 'lines' | 'inputFile'>): Batch {
    const added: Batch = {
      ...batch,
      id: `batch_${this.#batches.length + 1}`,
      createdAt: this.#options.clock.now(),
      state: 'pending',
      results: batch.lines.map(() => null),
    };
    this.#batches.push(added);
    return added;
  }

  /** The newest first. */
  list(provider: Provider): Batch[] {
    return this.#batches.filter((batch) => batch.provider === provider).reverse();
  }

  /** A batch as it stands now; null when there is none of that id. */
  async look(provider: Provider, id: string): Promise<Batch | null> {
    const batch = this.#batches.find((one) => one.provider === provider && one.id === id);
    if (batch === undefined) return null;
    await this.#work(batch);
    return batch;
  }

  async cancel(provider: Provider, id: string): Promise<Batch | null> {
    const batch = await this.look(provider, id);
    if (batch !== null && (batch.state === 'pending' || batch.state === 'running')) batch.state = 'cancelled';
    return batch;
  }

  async #work(batch: Batch): Promise<void> {
    if (batch.state !== 'pending') return;
    const { seed, faults, clock, answer } = this.#options;
    if (clock.now() - batch.createdAt < faults.pendingMs) return;
    const random = randomFor(seed, 'batch', batch.provider, batch.id);
    let left = random.fraction();
    const meets = (rate: number) => {
      const isMet = left >= 0 && left < rate;
      left -= rate;
      return isMet;
    };
    if (meets(faults.stuck)) return;
    if (meets(faults.fail)) {
      batch.state = 'failed';
      return;
    }
    const done = meets(faults.expire) ? Math.floor(batch.lines.length / 2) : batch.lines.length;
    batch.state = 'running';
    for (const [index, line] of batch.lines.slice(0, done).entries()) {
      batch.results[index] = await answer(batch, line);
    }
    batch.state = done < batch.lines.length ? 'expired' : 'succeeded';
  }
}
