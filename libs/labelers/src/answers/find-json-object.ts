/** Quotes that open a string, each with those that close it: JSON's own, and what models write in their place. */
const CLOSING_QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '“”',
  '”': '“”',
  '‘': '‘’',
  '’': '‘’',
};

/** Where an object lies in a text: from `start` up to, not including, `end`. */
export interface JsonObjectSpan {
  start: number;
  /** null when the object is never closed. */
  end: number | null;
}

/**
 * Finds the first JSON object of a text, whatever stands around it. Brackets in strings and comments do not count.
 */
export function findJsonObject(text: string): JsonObjectSpan | null {
  const start = text.indexOf('{');
  if (start < 0) return null;
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const character = text[i] as string;
    const closing = CLOSING_QUOTES[character];
    if (closing !== undefined) i = endOfString(text, i, closing);
    else if (text.startsWith('//', i)) i = endOf(text, '\n', i);
    else if (text.startsWith('/*', i)) i = endOf(text, '*/', i + 2);
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return { start, end: i + 1 };
    }
  }
  return { start, end: null };
}

/** The index of the closing quote; the text's length when there is none. */
function endOfString(text: string, open: number, closing: string): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (closing.includes(text[i] as string)) return i;
  }
  return text.length;
}

function endOf(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from);
  return index < 0 ? text.length : index + mark.length - 1;
}
