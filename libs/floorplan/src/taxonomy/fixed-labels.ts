import { OUTSIDE_SPACE_TYPE, SPACES_BY_TYPE, UNCLASSIFIED_SPACE_TYPE } from './space-types.ts';
import type { SpaceType } from './space-types.ts';
import { SYNONYM_GROUPS } from './synonym-groups.ts';

/** Everything that stands for an elevator, and what may stand behind it. */
const ELEVATORS = [
  'elevator',
  'elevater',
  'elev',
  'ele',
  'ev',
  'el',
  '엘리베이터',
  '엘레베이터',
  '엘리베이타',
  '엘베',
  '승강기',
];
const ELEVATOR_SPACES = ['', 'hall', 'lobby', '홀', '실', '복도', '로비', '앞홀'];
const STAIRS = ['계단', '계단실', '계단홀', 'stair', 'stairs', 'stairwell', 'staircase'];

const outsideWords: ReadonlySet<string> = new Set([
  ...ELEVATORS.flatMap((elevator) => ELEVATOR_SPACES.map((space) => elevator + space)),
  ...STAIRS,
]);

/** Groups whose spaces lie outside; their words are read by the list above. */
const OUTSIDE_GROUPS: readonly string[] = ['엘리베이터홀', '계단실'];
const BEDROOM_KIND = '침실';
/** Words with 룸 that do name a bedroom. */
const BEDROOMS_WITH_ROOM = ['게스트룸', '마스터룸', '키즈룸', '베드룸'];
/** 룸 names a bedroom only alone; 방 does at the end too (작은방), unless a longer word fits (주방). */
const NEVER_AN_ENDING: readonly string[] = ['룸'];
/** Shorter Latin words (`wc`) count only as a whole. */
const SHORTEST_LATIN_PART = 4;

/** What a word says: the standard name of its group, or the entry of the type table that it is. */
const kinds: ReadonlyMap<string, string> = new Map([
  ...SYNONYM_GROUPS.filter(({ name }) => !OUTSIDE_GROUPS.includes(name)).flatMap(({ name, members }) =>
    members.map((member) => [plainWord(member), name] as const),
  ),
  ...BEDROOMS_WITH_ROOM.map((word) => [word, BEDROOM_KIND] as const),
  // What has a type of its own keeps it, whatever word it ends with.
  ...SPACES_BY_TYPE.flatMap(({ spaces }) => spaces.map((space) => [plainWord(space), space] as const)),
]);

/** True when a label is an elevator or its hall, in any spelling, or a stairwell. */
export function fixedIsOutsideLabel(label: string): boolean {
  const word = withoutNumber(plainWord(label));
  return outsideWords.has(word) || STAIRS.some((stairs) => word.endsWith(stairs));
}

export function fixedSpaceTypeOfLabel(label: string): SpaceType {
  if (fixedIsOutsideLabel(label)) return OUTSIDE_SPACE_TYPE;
  const kind = kindOfLabel(label);
  const found = SPACES_BY_TYPE.find(({ spaces }) => spaces.some((space) => space === kind));
  return found?.type ?? UNCLASSIFIED_SPACE_TYPE;
}

/** True when two labels name the same kind of room; a label without a letter names none. */
export function fixedAreSynonyms(first: string, second: string): boolean {
  const a = plainWord(first);
  if (a === '') return false;
  if (a === plainWord(second)) return true;
  if (fixedIsOutsideLabel(first) || fixedIsOutsideLabel(second)) return false;
  const kind = kindOfLabel(first);
  return kind !== undefined && kind === kindOfLabel(second);
}

export function fixedIsBedroom(space: {
  readonly category_name: string | null;
  readonly label: string;
}): boolean {
  return space.category_name === '공간_침실' || kindOfLabel(space.label) === BEDROOM_KIND;
}

/**
 * The kind of room that a label names. The whole label counts first, then, of a label such as `주방/침실`, the first part
 * that names one; of each, the longest ending that is a word, since the last word of a compound says what it is
 * (안방욕실 is a bathroom).
 */
function kindOfLabel(label: string): string | undefined {
  const whole = withoutNumber(plainWord(label));
  const exact = kinds.get(whole);
  if (exact !== undefined) return exact;
  for (const part of label.split('/')) {
    const kind = kindOfWord(withoutNumber(plainWord(part)));
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function kindOfWord(word: string): string | undefined {
  const exact = kinds.get(word);
  if (exact !== undefined) return exact;
  let longest = '';
  for (const candidate of kinds.keys()) {
    const fits = /^[a-z]/u.test(candidate)
      ? candidate.length >= SHORTEST_LATIN_PART && word.includes(candidate)
      : word.endsWith(candidate) && !NEVER_AN_ENDING.includes(candidate);
    if (fits && candidate.length > longest.length) longest = candidate;
  }
  return kinds.get(longest);
}

/** A label in lower case, letters and digits only. */
function plainWord(label: string): string {
  return label.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function withoutNumber(word: string): string {
  return word.replace(/\p{N}+$/u, '');
}
