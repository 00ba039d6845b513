/** An answer is longer than any of its kind can be. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError';
  readonly code = 'TOO_LARGE';
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`the answer has more than ${maxBytes} bytes: check the address`);
    this.maxBytes = maxBytes;
  }
}

const NO_BODY = new Set([101, 103, 204, 205, 304]);

/**
 * A fetch whose answers end in an error after so many bytes, counted after decompression: an answer without end, or one that
 * unpacks to gigabytes, does not fill the memory. Reading the body rejects with AnswerTooLargeError; the connection is closed.
 *
 * @param maxBytes of one answer; a function may decide by the address
 */
export function limitFetch(
  fetch: typeof globalThis.fetch,
  maxBytes: number | ((url: string) => number),
): typeof globalThis.fetch {
  return async (...request) => {
    const response = await fetch(...request);
    const { body, status, statusText, headers } = response;
    if (body === null || NO_BODY.has(status)) return response;
    const limit = typeof maxBytes === 'number' ? maxBytes : maxBytes(addressOf(request[0]));
    let left = limit;
    const limited = body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          if ((left -= chunk.length) < 0) throw new AnswerTooLargeError(limit);
          controller.enqueue(chunk);
        },
      }),
    );
    // No constructor takes what a server may make up, such as 999: all of it means that the server failed.
    return new Response(limited, { status: status > 599 ? 599 : status, statusText, headers });
  };
}

function addressOf(input: Parameters<typeof globalThis.fetch>[0]): string {
  if (typeof input === 'string') return input;
  return input instanceof URL ? input.href : input.url;
}
