import { isOutsideLabel } from './is-outside-label.ts';
import { OUTSIDE_SPACE_TYPE, SPACES_BY_TYPE, UNCLASSIFIED_SPACE_TYPE } from './space-types.ts';
import type { SpaceType } from './space-types.ts';
import { standardNameOfLabel } from './standard-name-of-label.ts';
import { textsOverlap } from './texts-overlap.ts';

/** The space type that a label stands for. */
export function spaceTypeOfLabel(label: string): SpaceType {
  if (isOutsideLabel(label)) return OUTSIDE_SPACE_TYPE;
  const name = standardNameOfLabel(label) ?? label;
  const found = SPACES_BY_TYPE.find(({ spaces }) => spaces.some((space) => textsOverlap(space, name)));
  return found?.type ?? UNCLASSIFIED_SPACE_TYPE;
}
