/** To the nearest integer, halves to the even one, as numpy and OpenCV round. */
export function roundHalfEven(value: number): number {
  const lower = Math.floor(value);
  const rest = value - lower;
  if (rest !== 0.5) return rest < 0.5 ? lower : lower + 1;
  return lower % 2 === 0 ? lower : lower + 1;
}
