export type Pair<Item> = readonly [Item, Item];

/** All pairs of different items: the first with each later one, then the second with each later one, and so on. */
export function pairsOf<Item>(items: readonly Item[]): Pair<Item>[] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second) => [first, second] as const));
}
