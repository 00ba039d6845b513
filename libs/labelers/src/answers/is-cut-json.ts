/**
 * True when the text opens a JSON object that it never closes: an answer that broke off. Such a text must not be repaired,
 * since closing its brackets would pass half an answer off as a whole one.
 */
export function isCutJson(text: string): boolean {
  let depth = 0;
  let inString = false;
  let hasObject = false;
  for (let i = text.indexOf('{'); i >= 0 && i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth++;
      hasObject = true;
    } else if (character === '}' || character === ']') {
      depth--;
      // Behind the object there may be anything, for instance the end of a code block.
      if (depth === 0) return false;
    }
  }
  return hasObject && (depth > 0 || inString);
}
