/** A quantile of a sorted list with at least one number; between two numbers it is interpolated. */
export function quantileOf(sorted: readonly number[], probability: number): number {
  const position = probability * (sorted.length - 1);
  const before = Math.floor(position);
  const low = sorted[before] as number;
  return low + (position - before) * ((sorted[Math.min(before + 1, sorted.length - 1)] as number) - low);
}
