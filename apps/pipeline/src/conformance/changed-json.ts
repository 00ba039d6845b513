/** A change of a JSON document at one place, told as text, so that it can put what `JSON.stringify` would not write. */
export interface Change {
  /** Keys and indices from the top, as `nodes.0.area`; empty for the document. */
  at: string;
  /** JSON text that stands there instead; null takes the key away. Text that is no JSON may be put as well. */
  put: string | null;
}

/** The text of a document after changes. */
export function changedJson(document: unknown, changes: readonly Change[]): string {
  const copy = { top: structuredClone(document) };
  const texts = new Map<string, string>();
  for (const [index, { at, put }] of changes.entries()) {
    const path = ['top', ...(at === '' ? [] : at.split('.'))];
    const last = path.pop()!;
    let place = copy as Record<string, unknown>;
    for (const key of path) {
      const next = place[key];
      if (next === null || typeof next !== 'object') throw new RangeError(`nothing stands at ${at}`);
      place = next as Record<string, unknown>;
    }
    if (put === null) {
      if (!(last in place)) throw new RangeError(`nothing stands at ${at}`);
      delete place[last];
      continue;
    }
    const mark = `\u{e000}${index}\u{e001}`;
    texts.set(JSON.stringify(mark), put);
    // An own key, also when it is called __proto__.
    Object.defineProperty(place, last, { value: mark, enumerable: true, writable: true, configurable: true });
  }
  return JSON.stringify(copy.top).replaceAll(/"\u{e000}\d+\u{e001}"/gu, (mark) => texts.get(mark)!);
}

/** The places of all keys of objects, of lists only those of the first item. */
export function everyKeyOf(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return everyKeyOf(value[0]).map((at) => `0.${at}`);
  return Object.entries(value).flatMap(([key, item]) => [
    key,
    ...everyKeyOf(item).map((at) => `${key}.${at}`),
  ]);
}
