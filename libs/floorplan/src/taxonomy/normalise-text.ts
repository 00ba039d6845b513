/** A text as labels are compared: lower case, without blanks and slashes (`E/V 홀` → `ev홀`). */
export function normaliseText(text: string): string {
  return text.toLowerCase().replaceAll(' ', '').replaceAll('/', '');
}
