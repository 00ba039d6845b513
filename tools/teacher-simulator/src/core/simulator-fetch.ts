import type { TeacherCore } from './teacher-core.ts';

/** A fetch whose other end is the core. */
export function simulatorFetchFor(core: TeacherCore): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    const result = await core.handle({
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body: await request.text(),
      signal,
    });
    switch (result.kind) {
      case 'client-gone':
        throw signal.reason;
      case 'cut-before-headers':
        throw new TypeError('fetch failed', { cause: otherSideClosed() });
      case 'cut-in-body':
        return new Response(halfOf(result.reply.body), result.reply);
      case 'reply':
        return new Response(result.reply.body, result.reply);
    }
  };
}

/** The stream of a body whose connection ends in the middle, as Node's fetch shows it. */
function halfOf(body: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(body);
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(new TypeError('terminated', { cause: otherSideClosed() }));
      else controller.enqueue(bytes.subarray(0, bytes.length / 2));
      isSent = true;
    },
  });
}

function otherSideClosed(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
}
