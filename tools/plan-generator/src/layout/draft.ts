import { rect, type Rect, type Side } from '../geometry.ts';
import type { RoomKind } from '../plan-types.ts';

/** A room on the drawing board: whole cells, wishes instead of openings. */
export interface DraftRoom {
  readonly key: string;
  readonly kind: RoomKind;
  cells: Rect[];
  /** Rooms that it may be entered from; the first that shares a wall with it gets the door. */
  readonly enteredFrom: readonly string[];
  /** Sides where it must have a window. */
  readonly windows: readonly Side[];
  /** Share of the wall that the window takes; 0.65 unless told. */
  readonly windowShare?: number;
  readonly isMainBedroom?: boolean;
}

export interface DraftOptions {
  enteredFrom?: readonly string[];
  windows?: readonly Side[];
  windowShare?: number;
  isMainBedroom?: boolean;
}

/** Collects the rooms of one layout. The front is south; y = 0 is the back edge of the corridor. */
export class Draft {
  readonly rooms: DraftRoom[] = [];
  /** Pairs of rooms without a wall between them. */
  readonly open: (readonly [string, string])[] = [];

  /** Adds a room and returns its key. */
  add(kind: RoomKind, cells: Rect | Rect[], options: DraftOptions = {}): string {
    const number = this.rooms.filter((room) => room.kind === kind).length + 1;
    const key = `${kind}${number}`;
    const { enteredFrom = [], windows = [], ...rest } = options;
    this.rooms.push({
      key,
      kind,
      cells: Array.isArray(cells) ? cells : [cells],
      enteredFrom,
      windows,
      ...rest,
    });
    return key;
  }
}

/** Cells side by side between two heights: the widths are shares, the whole is filled exactly. */
export function columns(x0: number, x1: number, y0: number, y1: number, widths: readonly number[]): Rect[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  let done = 0;
  return widths.map((width) => {
    const left = x0 + Math.round(((x1 - x0) * done) / total);
    done += width;
    return rect(left, y0, x0 + Math.round(((x1 - x0) * done) / total), y1);
  });
}
