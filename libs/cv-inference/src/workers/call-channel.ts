/** What both sides of a thread boundary have in common: `Worker` on one side, `parentPort` on the other. */
export interface ChannelPort {
  postMessage(value: unknown, transfer?: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (value: unknown) => void): unknown;
}

/** What a call gives back, and the buffers that move to the caller instead of being copied. */
export interface CallReply {
  readonly value: unknown;
  readonly transfer?: readonly ArrayBuffer[];
}

export type CallHandlers = Readonly<Record<string, (value: never) => Promise<CallReply> | CallReply>>;

type Message =
  | { kind: 'call'; id: number; method: string; value: unknown }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; name: string; message: string };

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/**
 * Calls over a thread boundary, in both directions. An error of the other side arrives with its name and message; its
 * class is lost, so ask for the name.
 */
export class CallChannel {
  readonly #port: ChannelPort;
  readonly #handlers: CallHandlers;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #failure: Error | null = null;

  constructor(port: ChannelPort, handlers: CallHandlers = {}) {
    this.#port = port;
    this.#handlers = handlers;
    port.on('message', (message) => void this.#receive(message as Message));
  }

  /** Calls under way. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** @param transfer buffers that move to the other side; they are empty here afterwards */
  call<T>(method: string, value: unknown, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      try {
        this.#port.postMessage({ kind: 'call', id, method, value } satisfies Message, transfer);
      } catch (error) {
        this.#waiting.delete(id);
        // Thrown in here it rejects the promise.
        throw error;
      }
    });
  }

  /** The other side is gone: rejects every call, those to come too. */
  fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  async #receive(message: Message): Promise<void> {
    if (message.kind === 'call') {
      await this.#answer(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.value);
    else waiting?.reject(Object.assign(new Error(message.message), { name: message.name }));
  }

  async #answer({ id, method, value }: Message & { kind: 'call' }): Promise<void> {
    try {
      const handler = this.#handlers[method];
      if (handler === undefined) throw new Error(`the other side knows no "${method}"`);
      const { value: result, transfer = [] } = await handler(value as never);
      this.#port.postMessage({ kind: 'result', id, value: result } satisfies Message, transfer);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      this.#port.postMessage({ kind: 'error', id, name, message } satisfies Message);
    }
  }
}
