/** Compatible servers leave fields out, and put other things into them. */

/** A text; anything else counts as left out. */
export function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A number of tokens, never less than nothing, since it is multiplied by a price; anything else counts as 0. */
export function countIn(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** What lies under a name of an object; undefined where there is no object, or nothing of its own under the name. */
export function fieldOf(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** The first of a list; undefined where there is none. */
export function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
