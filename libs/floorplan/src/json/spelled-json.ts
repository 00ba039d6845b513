/**
 * JSON that keeps how its numbers are spelled.
 *
 * ARAE's service is Python: it writes the float 405147 as `405147.0` and 0.00001 as `1e-05`. JavaScript has one
 * number type, so a plain parse and print would change these bytes, and with them the prompt that the served model
 * sees. Numbers whose JavaScript spelling differs from the file's are therefore kept as raw JSON
 * (`JSON.rawJSON`, Node ≥ 22), which `JSON.stringify` prints as it stands.
 */

/** A number together with its spelling, as `JSON.rawJSON` makes it. */
export interface RawJsonNumber {
  readonly rawJSON: string;
}

/** A JSON value whose numbers may carry their own spelling. */
export type SpelledJson =
  null | boolean | string | number | RawJsonNumber | SpelledJson[] | { [key: string]: SpelledJson };

interface JsonWithSource {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): RawJsonNumber;
  isRawJSON(value: unknown): value is RawJsonNumber;
}

// TypeScript's library does not describe these three yet.
const json = JSON as unknown as JsonWithSource;

/** True for a number that carries its own spelling. */
export function isRawJsonNumber(value: unknown): value is RawJsonNumber {
  return json.isRawJSON(value);
}

/**
 * Parses JSON text and keeps the spelling of every number.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseSpelledJson(text: string): SpelledJson {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? json.rawJSON(source)
      : value,
  ) as SpelledJson;
}

/** Spells a number as Python's `repr(float)` does: `2` → `2.0`, `1e-5` → `1e-05`, `1e17` → `1e+17`. */
export function spellPythonFloat(value: number): SpelledJson {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const text = pythonRepr(value);
  return text === String(value) ? value : json.rawJSON(text);
}

function pythonRepr(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  // Python's repr switches to the exponent form outside 1e-4 … 1e16.
  if (exponent < -4 || exponent >= 16) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (Number.isInteger(value)) return `${BigInt(value)}.0`;
  // Within these bounds JavaScript may still choose the exponent form only below 1e-6, which is excluded above.
  return String(value);
}

/** The value with every number as a plain JavaScript number. */
export function toPlainJson(value: SpelledJson): unknown {
  if (isRawJsonNumber(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) return value.map(toPlainJson);
  if (value !== null && typeof value === 'object') {
    const plain: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) setOwn(plain, key, toPlainJson(item));
    return plain;
  }
  return value;
}

/** Assignment that also works for the key `__proto__`. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** JSON text as the data folder holds it: indent 2, not escaped, no newline at the end. */
export function stringifyIndented(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
