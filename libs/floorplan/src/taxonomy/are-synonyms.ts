import { normaliseText } from './normalise-text.ts';
import { SYNONYM_GROUPS } from './synonym-groups.ts';
import { textsOverlap } from './texts-overlap.ts';

/** True when two texts name the same kind of room: equal after normalising, or both fit one synonym group. */
export function areSynonyms(first: string, second: string): boolean {
  if (normaliseText(first) === normaliseText(second)) return true;
  return SYNONYM_GROUPS.some(
    ({ members }) =>
      members.some((member) => textsOverlap(member, first)) &&
      members.some((member) => textsOverlap(member, second)),
  );
}
