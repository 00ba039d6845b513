/**
 * How often a recogniser read one character where another was meant: `{ 니: { 방: 2, '': 1 } }` says that 니 stood three
 * times where it should not, twice for 방 and once for nothing at all.
 */
export type ConfusionTable = Readonly<Record<string, Readonly<Record<string, number>>>>;
