/** Python's `int(float)`: towards zero, and never -0. */
export function truncate(value: number): number {
  return Math.trunc(value) + 0;
}
