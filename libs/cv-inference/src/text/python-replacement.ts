const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
  b: '\b',
};

/**
 * A Python replacement (`\1`, `\g<1>`, `\g<name>`, `\n`, `\\`) as a function of a match: the whole match, then its
 * groups. A `$` means nothing special.
 *
 * @param groupNames - a name, or undefined, for each group of the pattern
 * @throws SyntaxError for an unknown escape or group
 */
export function pythonReplacement(
  replacement: string,
  groupNames: readonly (string | undefined)[],
): (match: readonly unknown[]) => string {
  const parts: (string | number)[] = [];
  const escape = /\\(?:g<([^>]*)>|([1-9][0-9]?)|([\s\S]?))/gu;
  let end = 0;
  for (const found of replacement.matchAll(escape)) {
    const [whole, reference, digits, character = ''] = found;
    parts.push(replacement.slice(end, found.index));
    end = found.index + whole.length;
    if (reference !== undefined) parts.push(groupOf(reference, groupNames));
    else if (digits !== undefined) parts.push(groupOf(digits, groupNames));
    else parts.push(characterOf(character));
  }
  parts.push(replacement.slice(end));
  return (match) =>
    parts
      .map((part) => {
        if (typeof part === 'string') return part;
        const group = match[part];
        return typeof group === 'string' ? group : '';
      })
      .join('');
}

function groupOf(reference: string, groupNames: readonly (string | undefined)[]): number {
  const number = /^[0-9]+$/u.test(reference) ? Number(reference) : groupNames.indexOf(reference) + 1;
  const isNamed = /^[0-9]+$/u.test(reference) || number > 0;
  if (!isNamed || number > groupNames.length) throw new SyntaxError(`replacement: no group ${reference}`);
  return number;
}

function characterOf(character: string): string {
  if (character === '') throw new SyntaxError('replacement: a \\ at the end; write \\\\ for a backslash');
  const meant = ESCAPES[character];
  if (meant !== undefined) return meant;
  if (/[a-zA-Z0-9]/u.test(character)) {
    throw new SyntaxError(`replacement: \\${character} is not known; write \\\\ for a backslash`);
  }
  // Python leaves the backslash before anything that is no letter, except before another backslash.
  return character === '\\' ? '\\' : `\\${character}`;
}
