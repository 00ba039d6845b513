import { PYTHON_WHITE_SPACE } from './white-space.ts';

export interface CompiledPattern {
  readonly expression: RegExp;
  /** A name, or undefined, for each group. */
  readonly groupNames: readonly (string | undefined)[];
}

/** Bodies of character classes as Python sees them. Combining marks are no part of words. */
const CLASSES: Readonly<Record<string, string>> = {
  w: String.raw`\p{L}\p{N}_`,
  d: String.raw`\p{Nd}`,
  s: PYTHON_WHITE_SPACE,
};
const WORD = `[${CLASSES['w'] ?? ''}]`;
const WORD_EDGE = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;
const NO_WORD_EDGE = `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`;
const START = String.raw`(?<![\s\S])`;
const END = String.raw`(?![\s\S])`;

/** Escapes that stand for a place. */
const PLACES: Readonly<Record<string, string>> = { A: START, Z: END, b: WORD_EDGE, B: NO_WORD_EDGE };
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

/**
 * A Python pattern (`re`, text patterns, no flags but a leading `(?i)`) as a global expression that matches alike.
 *
 * @throws SyntaxError for an invalid pattern and for what JavaScript has no counterpart of
 */
export function compilePythonPattern(pattern: string): CompiledPattern {
  const ignoresCase = pattern.startsWith('(?i)');
  const reader = new PatternReader(ignoresCase ? pattern.slice('(?i)'.length) : pattern);
  const source = reader.translate();
  return { expression: new RegExp(source, ignoresCase ? 'giv' : 'gv'), groupNames: reader.groupNames };
}

class PatternReader {
  readonly groupNames: (string | undefined)[] = [];
  readonly #characters: readonly string[];
  #position = 0;

  constructor(pattern: string) {
    this.#characters = [...pattern];
  }

  translate(): string {
    let source = '';
    while (this.#position < this.#characters.length) source += this.#item();
    return source;
  }

  #next(): string {
    return this.#characters[this.#position++] ?? '';
  }

  /** Takes a text if it comes next. */
  #take(text: string): boolean {
    const length = [...text].length;
    if (this.#characters.slice(this.#position, this.#position + length).join('') !== text) return false;
    this.#position += length;
    return true;
  }

  #takeUntil(end: string): string {
    const close = this.#characters.indexOf(end, this.#position);
    if (close === -1) throw new SyntaxError(`missing ${end}`);
    const taken = this.#characters.slice(this.#position, close).join('');
    this.#position = close + 1;
    return taken;
  }

  #item(): string {
    const character = this.#next();
    switch (character) {
      case '\\':
        return this.#escape();
      case '[':
        return this.#characterClass();
      case '(':
        return this.#group();
      case '.':
        return String.raw`[^\n]`;
      case '^':
        return START;
      case '$':
        return String.raw`(?=\n?${END})`;
      case '{':
        return this.#quantifier();
      case ')':
      case '|':
      case '*':
      case '+':
      case '?':
        return character;
      default:
        return literal(character);
    }
  }

  /** `{2}`, `{2,}`, `{,2}` and `{2,3}`; any other brace is a brace. */
  #quantifier(): string {
    const rest = this.#characters.slice(this.#position).join('');
    const [whole, least = '', comma = '', most = ''] = /^([0-9]*)(,?)([0-9]*)\}/u.exec(rest) ?? [];
    if (whole === undefined || (least === '' && most === '')) return literal('{');
    this.#position += whole.length;
    return `{${least === '' ? '0' : least}${comma}${most}}`;
  }

  #group(): string {
    if (!this.#take('?')) {
      this.groupNames.push(undefined);
      return '(';
    }
    for (const kind of [':', '=', '!', '<=', '<!']) if (this.#take(kind)) return `(?${kind}`;
    if (this.#take('P<')) {
      const name = this.#takeUntil('>');
      this.groupNames.push(name);
      return `(?<${name}>`;
    }
    if (this.#take('P=')) return `\\k<${this.#takeUntil(')')}>`;
    if (this.#take('#')) {
      this.#takeUntil(')');
      return '';
    }
    throw new SyntaxError(`(?${this.#next()}… is not supported`);
  }

  #escape(): string {
    const character = this.#next();
    const place = PLACES[character];
    if (place !== undefined) return place;
    const body = CLASSES[character.toLowerCase()];
    if (body !== undefined) return CLASSES[character] === undefined ? `[^${body}]` : `[${body}]`;
    if (/[1-9]/u.test(character)) {
      const second = this.#characters[this.#position] ?? '';
      const digits = /[0-9]/u.test(second) ? character + this.#next() : character;
      // The group keeps a digit behind the reference apart from it.
      return `(?:\\${digits})`;
    }
    return literal(this.#escapedCharacter(character));
  }

  /** The character that an escape stands for, in a class or out of it. */
  #escapedCharacter(character: string): string {
    if (character === '') throw new SyntaxError('a \\ at the end');
    const control = CONTROLS[character];
    if (control !== undefined) return control;
    if (character === '0') return '\0';
    const width = { x: 2, u: 4, U: 8 }[character];
    if (width !== undefined) {
      const digits = this.#characters.slice(this.#position, this.#position + width).join('');
      if (!new RegExp(`^[0-9a-fA-F]{${width}}$`, 'u').test(digits)) {
        throw new SyntaxError(`\\${character} needs ${width} hexadecimal digits`);
      }
      this.#position += width;
      return String.fromCodePoint(Number.parseInt(digits, 16));
    }
    if (/[a-zA-Z0-9]/u.test(character)) throw new SyntaxError(`\\${character} is not known`);
    return character;
  }

  #characterClass(): string {
    const negation = this.#take('^') ? '^' : '';
    let body = '';
    let isFirst = true;
    while (isFirst || this.#characters[this.#position] !== ']') {
      isFirst = false;
      const start = this.#member();
      const [dash, end] = this.#characters.slice(this.#position, this.#position + 2);
      if (dash !== '-' || end === undefined || end === ']') {
        body += start;
        continue;
      }
      this.#position++;
      const last = this.#member();
      if (start.startsWith('[') || last.startsWith('['))
        throw new SyntaxError('a range needs two characters');
      body += `${start}-${last}`;
    }
    this.#position++;
    return `[${negation}${body}]`;
  }

  /** One member of a class: a character, or a class in brackets. */
  #member(): string {
    const character = this.#next();
    if (character === '') throw new SyntaxError('missing ]');
    if (character !== '\\') return literal(character);
    const escaped = this.#next();
    const body = CLASSES[escaped.toLowerCase()];
    if (body !== undefined) return CLASSES[escaped] === undefined ? `[^${body}]` : `[${body}]`;
    return literal(escaped === 'b' ? '\b' : this.#escapedCharacter(escaped));
  }
}

/** A character that means itself, wherever it stands. */
function literal(character: string): string {
  return /^[\p{L}\p{N}_]$/u.test(character) && !/^[0-9]$/u.test(character)
    ? character
    : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
