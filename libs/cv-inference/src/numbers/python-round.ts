const DIGITS = 4;
const SCALE = 10 ** DIGITS;

/**
 * Python's `round(value, 4)`: to the nearest four-digit decimal of the exact binary value, exact ties to the even
 * digit (0.03125 → 0.0312, 0.09375 → 0.0938).
 */
export function pythonRound(value: number): number {
  // A binary fraction lies exactly between two four-digit decimals only if it is an odd multiple of 1/32.
  const thirtySeconds = value * 32;
  if (Number.isInteger(thirtySeconds) && thirtySeconds % 2 !== 0) {
    const lower = Math.floor(value * SCALE);
    return (lower % 2 === 0 ? lower : lower + 1) / SCALE;
  }
  // Away from ties toFixed rounds the exact binary value correctly.
  return Number(value.toFixed(DIGITS));
}
