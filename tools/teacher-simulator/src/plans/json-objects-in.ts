/**
 * The JSON objects embedded in a text, outermost first, from left to right. An object that `isWanted` turns down is
 * searched for objects inside it.
 *
 * @param isCandidate a cheap look at the text of an object before it is parsed; what fails it is skipped whole
 */
export function* jsonObjectsIn(text: string, isCandidate: (json: string) => boolean): Generator<unknown> {
  let start = text.indexOf('{');
  while (start !== -1) {
    const end = endOfObject(text, start);
    const json = end === null ? null : text.slice(start, end);
    if (json !== null && !isCandidate(json)) {
      start = text.indexOf('{', end as number);
      continue;
    }
    const value = json === null ? undefined : parseOrUndefined(json);
    if (value !== undefined) yield value;
    start = text.indexOf('{', start + 1);
  }
}

/** The index behind the brace that closes the one at `start`; null when nothing closes it or it cannot start an object. */
function endOfObject(text: string, start: number): number | null {
  if (!/^\{\s*["}]/.test(text.slice(start, start + 64))) return null;
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return i + 1;
  }
  return null;
}

function parseOrUndefined(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
