/**
 * White space as Python's `str` and `re` have it: the separators U+001C to U+001F and U+0085 belong to it, U+FEFF does
 * not. The body of a character class.
 */
export const PYTHON_WHITE_SPACE = String.raw`\t-\r\x1C-\x20\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`;

const blanks = new RegExp(`[${PYTHON_WHITE_SPACE}]+`, 'gu');

/** A text without any white space; labels of a plan are compared and written so. */
export function withoutBlanks(text: string): string {
  return text.replace(blanks, '');
}
