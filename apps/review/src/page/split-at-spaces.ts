import type { SpaceShape } from '../contract.ts';

export interface TextPiece {
  readonly text: string;
  /** Spaces that the piece names; none for the text between. */
  readonly spaces: readonly string[];
}

/** Cuts a text where it names spaces of the plan; the longest name wins, and a shared label names all that have it. */
export function splitAtSpaces(text: string, spaces: readonly SpaceShape[]): TextPiece[] {
  const ids = new Map<string, string[]>();
  for (const { id, names } of spaces) {
    for (const name of names) ids.set(name, [...(ids.get(name) ?? []), id]);
  }
  const names = [...ids.keys()].sort((a, b) => b.length - a.length);
  if (names.length === 0) return [{ text, spaces: [] }];
  const pattern = new RegExp(names.map((name) => RegExp.escape(name)).join('|'), 'g');
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), spaces: [] });
    pieces.push({ text: match[0], spaces: ids.get(match[0]) ?? [] });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), spaces: [] });
  return pieces;
}
