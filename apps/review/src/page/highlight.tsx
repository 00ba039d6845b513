import { createContext, useContext, useMemo } from 'react';
import type { SpaceShape } from '../contract.ts';
import { splitAtSpaces } from './split-at-spaces.ts';

/** Which spaces are pointed at, in the drawing or in a text. */
export interface Highlight {
  readonly spaces: readonly SpaceShape[];
  readonly active: readonly string[];
  readonly point: (ids: readonly string[]) => void;
}

export const HighlightContext = createContext<Highlight>({ spaces: [], active: [], point: () => {} });

export const isActive = ({ active }: Highlight, ids: readonly string[]): boolean =>
  ids.some((id) => active.includes(id));

/** What the innermost part of a text under the mouse points at: a mention within an entry, or the entry. */
export function pointedAt(target: EventTarget): readonly string[] {
  const part = (target as Element).closest<HTMLElement>('[data-points-at]');
  return part === null ? [] : (JSON.parse(part.dataset['pointsAt'] ?? '[]') as string[]);
}

/** A text in which the names of spaces point at the drawing. */
export function TextWithSpaces({ text }: { readonly text: string }) {
  const highlight = useContext(HighlightContext);
  const pieces = useMemo(() => splitAtSpaces(text, highlight.spaces), [text, highlight.spaces]);
  return pieces.map((piece, index) =>
    piece.spaces.length === 0 ? (
      piece.text
    ) : (
      <span
        key={index}
        className={isActive(highlight, piece.spaces) ? 'mention active' : 'mention'}
        data-points-at={JSON.stringify(piece.spaces)}
      >
        {piece.text}
      </span>
    ),
  );
}
