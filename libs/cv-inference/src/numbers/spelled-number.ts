import { isRawJsonNumber, spellPythonFloat } from '@arae/floorplan';
import type { RawJsonNumber } from '@arae/floorplan';

/**
 * A number that may carry its spelling. The service is Python, where `405147.0` is a float and `405147` an integer;
 * both are the same JavaScript number, so a float with an integer value has to be raw JSON (`spellPythonFloat`).
 */
export type SpelledNumber = number | RawJsonNumber;

/** A type with every number replaced by a number that may carry its spelling. */
export type Spelled<T> = T extends number
  ? SpelledNumber
  : T extends object
    ? { [Key in keyof T]: Spelled<T[Key]> }
    : T;

/** The numeric value. */
export function plainNumber(value: SpelledNumber): number {
  return isRawJsonNumber(value) ? Number(value.rawJSON) : value;
}

/** True for a finite number, spelled or not. */
export function isSpelledNumber(value: unknown): value is SpelledNumber {
  return Number.isFinite(isRawJsonNumber(value) ? Number(value.rawJSON) : value);
}

/** True where Python would hold a float. */
export function isPythonFloat(value: SpelledNumber): boolean {
  return isRawJsonNumber(value) ? /[.eE]/.test(value.rawJSON) : !Number.isInteger(value);
}

/** A float in Python's spelling. */
export function pythonFloat(value: number): SpelledNumber {
  return spellPythonFloat(value) as SpelledNumber;
}

/**
 * Python's `sum`: from left to right, the integer 0 for nothing, a float as soon as one of the terms is.
 * (From Python 3.12 on `sum` compensates rounding errors; the service runs on an older one.)
 */
export function pythonSum(values: readonly SpelledNumber[]): SpelledNumber {
  const sum = values.reduce<number>((total, value) => total + plainNumber(value), 0);
  return values.some(isPythonFloat) ? pythonFloat(sum) : sum;
}

/** A JSON value with every number as Python would write it after reading it (`1e5` becomes `100000.0`). */
export function inPythonSpelling(value: unknown): unknown {
  if (typeof value === 'number' || isRawJsonNumber(value)) {
    return isPythonFloat(value) ? pythonFloat(plainNumber(value)) : value;
  }
  if (Array.isArray(value)) return value.map(inPythonSpelling);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inPythonSpelling(item)]));
  }
  return value;
}
