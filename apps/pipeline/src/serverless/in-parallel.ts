/**
 * Works on up to `limit` items at the same time and gives results as they come; `undefined` is no result and left out. After
 * an item failed nothing more is begun, those under way end, and its error is thrown.
 */
export async function* inParallel<T, R>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<R | undefined>,
): AsyncGenerator<R> {
  const running = new Map<number, Promise<{ place: number; result?: R | undefined; error?: unknown }>>();
  const left = items[Symbol.iterator]();
  let fault: { error: unknown } | undefined;
  let places = 0;
  const fill = () => {
    while (fault === undefined && running.size < limit) {
      const next = left.next();
      if (next.done === true) return;
      const place = places++;
      running.set(
        place,
        work(next.value).then(
          (result) => ({ place, result }),
          (error: unknown) => ({ place, error }),
        ),
      );
    }
  };
  try {
    for (fill(); running.size > 0; fill()) {
      const ended = await Promise.race(running.values());
      running.delete(ended.place);
      if ('error' in ended) fault ??= { error: ended.error };
      else if (ended.result !== undefined) yield ended.result;
    }
  } finally {
    // The reader may have gone: nobody is left behind unheard.
    await Promise.all(running.values());
  }
  if (fault !== undefined) throw fault.error;
}
