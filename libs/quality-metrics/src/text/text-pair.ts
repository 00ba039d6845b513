/** A text under test and the text it is measured against. */
export interface TextPair {
  hypothesis: string;
  reference: string;
}

/** Code points of a text without its white space: the tokens of all character metrics here. */
export function charactersOf(text: string): string[] {
  return [...text.replaceAll(/\s/gu, '')];
}
