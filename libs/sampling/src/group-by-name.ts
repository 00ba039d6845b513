import { SamplingError } from './sampling-error.ts';

/** How drawings are grouped: by the rule found in their names, not at all, or by the capture groups of an expression. */
export type Stratify = 'auto' | 'none' | RegExp;

export interface NameGroups {
  /** The rule that was used, in words. */
  readonly rule: string;
  /** Group name → its stems, in the order given. */
  readonly groups: ReadonlyMap<string, string[]>;
}

/** A grouping by name is worth having when its groups hold this many drawings on average. */
const LEAST_MEAN_GROUP = 5;
const WITH_DIGITS = ['', ' and its first digit', ' and its first 2 digits', ' and its first 3 digits'];
const MOST_DIGITS = WITH_DIGITS.length - 1;

/**
 * Groups stems by what their names begin with.
 *
 * `auto`: the text before the last run of digits, alone or with its first 1, 2 or 3 digits; the finest of these four whose
 * groups hold 5 drawings on average; where not even the coarsest does, all drawings are one group.
 *
 * An expression is applied to the stem, and its capture groups, joined by `|`, name the group.
 * @throws SamplingError `bad-stratify`, with examples of the names, when an expression has no capture group, does not
 * match a name, or puts all drawings in one group or each in its own
 */
export function groupByName(stems: readonly string[], stratify: Stratify): NameGroups {
  if (stratify === 'none') return oneGroup(stems, 'none');
  if (stratify === 'auto') return groupByPrefix(stems);
  return groupByExpression(stems, stratify);
}

function oneGroup(stems: readonly string[], rule: string): NameGroups {
  return { rule, groups: new Map([['all', [...stems]]]) };
}

function groupByPrefix(stems: readonly string[]): NameGroups {
  const finest = groupBy(stems, (stem) => prefixOf(stem, MOST_DIGITS));
  const prefixes = [...finest.keys()];
  for (let digits = MOST_DIGITS; digits >= 0; digits--) {
    // The prefix with fewer digits follows from the one with most, so the million names are looked at only once.
    const count = new Set(prefixes.map((prefix) => prefixOf(prefix, digits))).size;
    if (stems.length < count * LEAST_MEAN_GROUP) continue;
    const rule = `auto: the text before the last run of digits${WITH_DIGITS[digits]}`;
    if (digits === MOST_DIGITS) return { rule, groups: finest };
    const groups = new Map<string, string[]>();
    for (const [prefix, members] of finest) {
      const name = prefixOf(prefix, digits);
      const group = groups.get(name) ?? groups.set(name, []).get(name)!;
      for (const stem of members) group.push(stem);
    }
    return { rule, groups };
  }
  return oneGroup(stems, `auto: none, no grouping by name holds ${LEAST_MEAN_GROUP} drawings on average`);
}

/** The text before the last run of digits with up to `digits` of these; a name without a digit is its own prefix. */
function prefixOf(stem: string, digits: number): string {
  let end = stem.length;
  while (end > 0 && !isDigit(stem, end - 1)) end--;
  if (end === 0) return stem;
  let start = end;
  while (start > 0 && isDigit(stem, start - 1)) start--;
  return stem.slice(0, Math.min(start + digits, end));
}

function isDigit(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 48 && unit <= 57;
}

function groupByExpression(stems: readonly string[], expression: RegExp): NameGroups {
  // With the flags g or y an expression remembers where it stopped in the name before.
  const pattern = new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''));
  const shown = `the grouping ${String(expression)}`;
  const groups = groupBy(stems, (stem) => {
    const match = pattern.exec(stem);
    if (match === null) throw badStratify(`${shown} does not match every name`, [stem], stems);
    if (match.length < 2) throw badStratify(`${shown} has no capture group ( )`, [], stems);
    return match
      .slice(1)
      .map((part) => part ?? '')
      .join('|');
  });
  if (stems.length > 1 && groups.size === 1)
    throw badStratify(`${shown} puts all drawings in one group`, [], stems);
  if (stems.length > 1 && groups.size === stems.length) {
    throw badStratify(`${shown} puts every drawing in a group of its own`, [], stems);
  }
  return { rule: `expression ${String(expression)}`, groups };
}

function badStratify(what: string, offenders: readonly string[], stems: readonly string[]): SamplingError {
  const others = stems.toSorted();
  const picked = [0, Math.floor(others.length / 2), others.length - 1].map((index) => others[index] ?? '');
  const examples = [...new Set([...offenders, ...picked])];
  const mend = `change the expression, or use "auto" or "none"`;
  return new SamplingError(`${what}; names look like ${examples.join(', ')}: ${mend}`, {
    code: 'bad-stratify',
    examples,
  });
}

function groupBy(stems: readonly string[], nameOf: (stem: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const stem of stems) {
    const name = nameOf(stem);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [stem]);
    else group.push(stem);
  }
  return groups;
}
