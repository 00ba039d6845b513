/** A text that differs from a base text in one stretch, so that hundreds of near texts take little room. */
export interface Spliced {
  /** How many characters of the base stay at its start and at its end. */
  kept: [start: number, end: number];
  /** What stands between. */
  put: string;
}

/**
 * The text as what differs from the base.
 *
 * @param base without characters beyond U+FFFF, so that all languages count its characters alike
 */
export function spliced(base: string, text: string): Spliced {
  const most = Math.min(base.length, text.length);
  let start = 0;
  while (start < most && base[start] === text[start]) start++;
  let end = 0;
  while (end < most - start && base.at(-1 - end) === text.at(-1 - end)) end++;
  return { kept: [start, end], put: text.slice(start, text.length - end) };
}
