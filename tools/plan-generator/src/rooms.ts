import { CATEGORY_OF_KIND, categoryIdOf } from './detections/categories.ts';
import { areaOf, shrunk, type Rect } from './geometry.ts';
import type { DraftRoom } from './layout/draft.ts';
import type { Border } from './layout/grid.ts';
import { outlineOf } from './layout/outline.ts';
import type { Room } from './plan-types.ts';

/** The narrowest clear width of a room in pixels (shafts too). */
const NARROWEST = 38;

/** Rooms with their clear outlines, in the order of the detections: by category, as ARAE's networks give them. */
export function roomsOf(
  drafts: readonly DraftRoom[],
  borders: readonly Border[],
  isOpen: (border: Border) => boolean,
  texts: ReadonlyMap<string, string | null>,
  halfWall: number,
): Room[] | undefined {
  const rooms: Room[] = [];
  for (const { key, kind, cells } of drafts) {
    const outline = outlineOf(key, borders, isOpen, halfWall);
    const core = shrunk(largest(cells), halfWall);
    if (!outline || Math.min(core.x1 - core.x0, core.y1 - core.y0) < NARROWEST) return undefined;
    const category = CATEGORY_OF_KIND[kind];
    rooms.push({ key, kind, category, text: texts.get(key) ?? null, outline, core, area: areaOf(outline) });
  }
  return rooms.sort((a, b) => categoryIdOf(a.category) - categoryIdOf(b.category));
}

function largest(cells: readonly Rect[]): Rect {
  const size = ({ x0, y0, x1, y1 }: Rect) => (x1 - x0) * (y1 - y0);
  return cells.reduce((best, cell) => (size(cell) > size(best) ? cell : best));
}
