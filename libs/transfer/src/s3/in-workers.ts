/** Works on items, `count` at a time; after the first error nothing more is begun, and it is thrown once all have ended. */
export async function inWorkers<T>(
  items: readonly T[],
  count: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let fault: { error: unknown } | undefined;
  const worker = async () => {
    while (next < items.length && fault === undefined) {
      await work(items[next++]!).catch((error: unknown) => {
        fault ??= { error };
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, worker));
  if (fault !== undefined) throw fault.error;
}
