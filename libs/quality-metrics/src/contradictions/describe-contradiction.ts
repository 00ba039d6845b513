import type { FloorPlanAnalysis } from '@arae/floorplan';
import type { Contradiction } from './contradiction.ts';

/** A contradiction as a Korean sentence, for the teacher that is to mend its label. */
export function describeContradiction(
  { path, claim, fact }: Contradiction,
  { spaces }: Pick<FloorPlanAnalysis, 'spaces'>,
): string {
  const [, list, index] = path.split('/');
  const name = list === 'spaces' && index !== undefined ? spaces[Number(index)]?.space_name : undefined;
  const place = name === undefined ? path : `${path} (${name})`;
  return `${place}: ${saysAgainst(path, claim, fact)}`;
}

function saysAgainst(path: string, claim: unknown, fact: unknown): string {
  if (isRecord(fact) && Array.isArray(fact['missing'])) {
    const names = fact['missing'].join(', ');
    return path === '/spaces' ? `빠진 공간이 있습니다: ${names}` : `빠진 연결 공간이 있습니다: ${names}`;
  }
  if (isRecord(fact) && Array.isArray(fact['one_of'])) {
    return `${quoted(claim)} 이름만으로는 어느 공간인지 알 수 없습니다. 다음 이름 중 하나로 쓰세요: ${fact['one_of'].join(', ')}`;
  }
  const known = typeof fact === 'string' ? KNOWN_FACTS.find(([pattern]) => pattern.test(fact)) : undefined;
  if (known !== undefined) {
    const [pattern, words] = known;
    return `${quoted(claim)}라고 했으나 ${(fact as string).replace(pattern, words)}`;
  }
  return `${quoted(claim)}라고 했으나 도면 데이터는 ${quoted(fact)}입니다`;
}

/** The facts that are given in words, and what they are in Korean. */
const KNOWN_FACTS: readonly (readonly [RegExp, string])[] = [
  [/^no such space$/, '도면에 그런 공간은 없습니다'],
  [/^listed twice$/, '같은 공간이 두 번 나옵니다'],
  [/^the graph has no scale$/, '도면에 축척이 없으므로 null이어야 합니다'],
  [/^not connected$/, '두 공간은 연결되어 있지 않습니다'],
  [/^(.*) has no window$/, '$1에는 창이 없습니다'],
  [/^(.*) has a window$/, '$1에는 창이 있습니다'],
  [/^(.*) is suitable$/, '$1 항목은 기준에 적합합니다'],
];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}
