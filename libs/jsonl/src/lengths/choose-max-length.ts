/** Lengths that training is set up for, in tokens. */
export const MAX_LENGTHS = [4096, 6144, 8192, 12288] as const;

/**
 * The smallest of `MAX_LENGTHS` that holds this share of the rows, or the largest of them when none does.
 *
 * @param tokens of each row
 * @param share of the rows that must fit, 0 to 1
 */
export function chooseMaxLength(tokens: ArrayLike<number>, share: number): number {
  const fits = (limit: number) => countOver(tokens, limit) <= tokens.length * (1 - share) + 1e-9;
  return MAX_LENGTHS.find(fits) ?? MAX_LENGTHS.at(-1)!;
}

/** Rows of more tokens than the limit. */
export function countOver(tokens: ArrayLike<number>, limit: number): number {
  let over = 0;
  for (let row = 0; row < tokens.length; row++) if (tokens[row]! > limit) over++;
  return over;
}
