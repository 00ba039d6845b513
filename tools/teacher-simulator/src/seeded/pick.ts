import type { Random } from '@arae/floorplan';

/** One item of a list, uniformly; undefined when the list is empty. */
export function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items.length === 0 ? undefined : items[random.integer(items.length)];
}
