const SHORTEST = 2;
const LONGEST = 4;

/**
 * How often each run of 2 to 4 characters occurs in a text, spaces at its ends included, so that a text of one character has
 * some too. Before that the text is brought to one form: NFC, lower case, one space for any white space. Characters are
 * code points. A text without content has none.
 */
export function characterNgrams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const words = text.normalize('NFC').toLowerCase().trim().replace(/\s+/gu, ' ');
  if (words === '') return counts;
  const characters = [...` ${words} `];
  for (let start = 0; start < characters.length; start++) {
    for (let length = SHORTEST; length <= LONGEST && start + length <= characters.length; length++) {
      const ngram = characters.slice(start, start + length).join('');
      counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
    }
  }
  return counts;
}
