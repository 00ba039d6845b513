import type { LabelReading } from '@arae/floorplan';
import type { Point } from '../geometry/geometry-scope.ts';
import type { PlacedText } from './texts-in.ts';

/**
 * The centres of two texts in one space that name the same kind of room, so that the space seems to hold two rooms;
 * undefined when it does not.
 *
 * Texts are grouped in order: each one not yet in a group opens one and takes in every later synonym of itself. The
 * first group of two or more decides, by its first two texts.
 */
export function labelsToSeparate(
  texts: readonly PlacedText[],
  { areSynonyms }: Pick<LabelReading, 'areSynonyms'>,
): readonly [Point, Point] | undefined {
  const grouped = new Set<PlacedText>();
  for (const [index, first] of texts.entries()) {
    if (grouped.has(first)) continue;
    const others = texts
      .slice(index + 1)
      .filter((other) => !grouped.has(other) && areSynonyms(first.text, other.text));
    for (const text of [first, ...others]) grouped.add(text);
    const [second] = others;
    if (second) return [first.centre, second.centre];
  }
  return undefined;
}
