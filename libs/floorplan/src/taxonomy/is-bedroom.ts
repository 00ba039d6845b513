import { SYNONYM_GROUPS } from './synonym-groups.ts';
import { textsOverlap } from './texts-overlap.ts';

const bedroomWords = SYNONYM_GROUPS.find(({ name }) => name === '침실')?.members ?? [];

/**
 * True when a space counts as a bedroom while doors are assigned: by its category, or by a label that overlaps a
 * bedroom word. The words 방 and 룸 make this wide (드레스룸 and 주방 count too), as in the service.
 */
export function isBedroom(space: { readonly category_name: string | null; readonly label: string }): boolean {
  return space.category_name === '공간_침실' || bedroomWords.some((word) => textsOverlap(word, space.label));
}
