import { normaliseText } from './normalise-text.ts';
import { SYNONYM_GROUPS } from './synonym-groups.ts';
import { textsOverlap } from './texts-overlap.ts';

/** The standard name of a label: of the first group with an equal member, else of the first with an overlapping one. */
export function standardNameOfLabel(label: string): string | undefined {
  const normalised = normaliseText(label);
  const equal = SYNONYM_GROUPS.find(({ members }) =>
    members.some((member) => normaliseText(member) === normalised),
  );
  if (equal) return equal.name;
  return SYNONYM_GROUPS.find(({ members }) => members.some((member) => textsOverlap(member, label)))?.name;
}
