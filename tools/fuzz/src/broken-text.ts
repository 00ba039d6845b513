import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

/** Values that readers like to stumble over. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -0,
    -1,
    1e308,
    2 ** 53,
    0.1,
    '',
    ' ',
    '\0',
    '\ud800',
    '😀',
    [],
    {},
    [[]],
    '침실',
  ),
  fc.constant('가'.repeat(2000)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Names that mean something to JavaScript. */
const OWN_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'rawJSON', 'length'];

/** JSON text of anything. */
const anyJson = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(...OWN_NAMES), odd)
  .map(([value, name, other]) => `{"${name}":${JSON.stringify(other)},"value":${JSON.stringify(value)}}`);

/** A document with one of its values exchanged, left out or put under a name of JavaScript's own. */
function otherValue(text: string): Arbitrary<string> {
  const paths = pathsOf(JSON.parse(text) as unknown);
  return fc
    .tuple(
      fc.nat(paths.length - 1),
      odd,
      fc.constantFrom('replace', 'remove', 'rename'),
      fc.constantFrom(...OWN_NAMES),
    )
    .map(([index, value, how, name]) => {
      const document = JSON.parse(text) as unknown;
      const path = paths[index]!;
      let place = document as Record<string, unknown>;
      for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
      const last = path.at(-1)!;
      if (how === 'replace') place[last] = value;
      else if (Array.isArray(place)) place.splice(Number(last), 1);
      else {
        const old = place[last];
        delete place[last];
        if (how === 'rename')
          Object.defineProperty(place, name, { value: old, enumerable: true, configurable: true });
      }
      return JSON.stringify(document);
    });
}

/** A text with pieces cut out, doubled, exchanged or put in. */
function torn(text: string): Arbitrary<string> {
  const piece = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('"', '{', '}', '[', ']', ',', '\\', '\n', '\0', '\ufeff', '1e999'),
  );
  return fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(60), fc.constantFrom('cut', 'double', 'put', 'end'), piece), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) =>
      changes.reduce((now, [at, length, how, put]) => {
        if (how === 'end') return now.slice(0, at);
        if (how === 'cut') return now.slice(0, at) + now.slice(at + length);
        if (how === 'double') return now.slice(0, at + length) + now.slice(at);
        return now.slice(0, at) + put + now.slice(at);
      }, text),
    );
}

/** Broken, odd and unlike versions of a document, and now and then the document. */
export function brokenText(text: string): Arbitrary<string> {
  const likeIt = isJson(text) ? [{ weight: 5, arbitrary: otherValue(text) }] : [];
  return fc.oneof(
    ...likeIt,
    { weight: 4, arbitrary: torn(text) },
    { weight: 1, arbitrary: anyJson },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
    { weight: 1, arbitrary: fc.nat(40_000).map((depth) => '['.repeat(depth)) },
    { weight: 1, arbitrary: fc.constant(text) },
  );
}

/** The same for bytes. */
export function brokenBytes(bytes: Uint8Array): Arbitrary<Uint8Array> {
  return fc
    .array(fc.tuple(fc.nat(bytes.length), fc.nat(40), fc.uint8Array({ maxLength: 12 })), { maxLength: 4 })
    .map((changes) =>
      changes.reduce<Uint8Array>(
        (now, [at, length, put]) => Buffer.concat([now.subarray(0, at), put, now.subarray(at + length)]),
        bytes,
      ),
    );
}

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...pathsOf(item, [...path, key])]);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
