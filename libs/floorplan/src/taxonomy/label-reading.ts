import { areSynonyms } from './are-synonyms.ts';
import {
  fixedAreSynonyms,
  fixedIsBedroom,
  fixedIsOutsideLabel,
  fixedSpaceTypeOfLabel,
} from './fixed-labels.ts';
import { isBedroom } from './is-bedroom.ts';
import { isOutsideLabel } from './is-outside-label.ts';
import { spaceTypeOfLabel } from './space-type-of-label.ts';
import type { SpaceType } from './space-types.ts';

/**
 * `service`: labels are read as the service reads them, oddities included; what is trained on such graphs meets the same
 * in service. `fixed`: by whole words, as a reader would.
 */
export type GraphRules = 'service' | 'fixed';

/** What labels say. */
export interface LabelReading {
  /** True when a label names a space outside the dwelling. */
  readonly isOutside: (label: string) => boolean;
  readonly spaceTypeOf: (label: string) => SpaceType;
  /** True when two labels name the same kind of room. */
  readonly areSynonyms: (first: string, second: string) => boolean;
  /** True when a space counts as a bedroom while doors are assigned. */
  readonly isBedroom: (space: { readonly category_name: string | null; readonly label: string }) => boolean;
}

const READINGS: Readonly<Record<GraphRules, LabelReading>> = {
  service: { isOutside: isOutsideLabel, spaceTypeOf: spaceTypeOfLabel, areSynonyms, isBedroom },
  fixed: {
    isOutside: fixedIsOutsideLabel,
    spaceTypeOf: fixedSpaceTypeOfLabel,
    areSynonyms: fixedAreSynonyms,
    isBedroom: fixedIsBedroom,
  },
};

export function labelReadingOf(rules: GraphRules): LabelReading {
  return READINGS[rules];
}
