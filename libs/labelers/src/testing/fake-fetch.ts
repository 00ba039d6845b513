/** A request as it left the SDK. */
export interface SentRequest {
  url: string;
  method: string;
  headers: Headers;
  body: unknown;
}

export type FetchReply = (request: SentRequest, signal: AbortSignal) => Response | Promise<Response>;

export interface FakeFetch {
  fetch: typeof globalThis.fetch;
  sent: SentRequest[];
}

/** A fetch that answers from memory; replies are taken in turn, the last one again and again. */
export function createFakeFetch(...replies: FetchReply[]): FakeFetch {
  const sent: SentRequest[] = [];
  return {
    sent,
    async fetch(input, init) {
      const request = new Request(input, init);
      const text = await request.text();
      const { url, method, headers } = request;
      const asked = { url, method, headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
      sent.push(asked);
      const reply = replies[Math.min(sent.length, replies.length) - 1];
      if (reply === undefined) throw new Error('the fake fetch has no reply');
      return reply(asked, init?.signal ?? new AbortController().signal);
    },
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): FetchReply {
  return () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
}

export function html(status: number, body: string): FetchReply {
  return () => new Response(body, { status, headers: { 'content-type': 'text/html' } });
}

/** The connection breaks before anything came back. */
export function cutBeforeHeaders(): FetchReply {
  return () => {
    throw new TypeError('fetch failed', { cause: otherSideClosed() });
  };
}

/** The connection breaks in the middle of the body, as Node's fetch shows it. */
export function cutInBody(body: unknown, cause: Error | undefined = otherSideClosed()): FetchReply {
  return () => {
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    let isSent = false;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (isSent) controller.error(new TypeError('terminated', cause === undefined ? {} : { cause }));
        else controller.enqueue(bytes.subarray(0, bytes.length / 2));
        isSent = true;
      },
    });
    return new Response(stream, { headers: { 'content-type': 'application/json' } });
  };
}

/** Never answers; ends when its signal is aborted. `onStart` is called as soon as the request has come. */
export function silence(onStart: () => void = () => undefined): FetchReply {
  return (_request, signal) =>
    new Promise((_resolve, reject) => {
      const end = () => {
        reject(new DOMException('This operation was aborted', 'AbortError'));
      };
      if (signal.aborted) end();
      signal.addEventListener('abort', end);
      onStart();
    });
}

/** Sends headers and a beginning, then nothing until its signal is aborted. */
export function stallInBody(): FetchReply {
  return (_request, signal) =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"id":'));
          signal.addEventListener('abort', () => {
            controller.error(new DOMException('This operation was aborted', 'AbortError'));
          });
        },
      }),
      { headers: { 'content-type': 'application/json' } },
    );
}

function otherSideClosed(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
}
