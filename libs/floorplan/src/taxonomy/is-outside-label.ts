import { OUTSIDE_SPACES } from './space-types.ts';
import { textsOverlap } from './texts-overlap.ts';

/** True when a label names a space outside the dwelling. */
export function isOutsideLabel(label: string): boolean {
  return OUTSIDE_SPACES.some((space) => textsOverlap(space, label));
}
