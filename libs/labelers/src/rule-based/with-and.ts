const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
/** Every block of 28 syllables starts with the one that has no final consonant. */
const FINALS = 28;
/** 영, 일, 삼, 육, 칠, 팔 end in a consonant; 이, 사, 오, 구 do not. */
const DIGITS_WITH_FINAL = '013678';

/** The word with the Korean particle for "and, with": 과 after a final consonant, 와 after a vowel, else `와(과)`. */
export function withAnd(word: string): string {
  const last = word.at(-1) ?? '';
  const code = last.codePointAt(0) ?? 0;
  if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) {
    return `${word}${(code - FIRST_SYLLABLE) % FINALS === 0 ? '와' : '과'}`;
  }
  if (/^[0-9]$/.test(last)) return `${word}${DIGITS_WITH_FINAL.includes(last) ? '과' : '와'}`;
  return `${word}와(과)`;
}
