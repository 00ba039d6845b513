import type { Point } from '../geometry.ts';
import type { Border } from './grid.ts';

/** A border walked with the room on its right hand (clockwise on a sheet whose y points down). */
interface Edge {
  readonly start: Point;
  readonly end: Point;
  /** Unit vector into the room. */
  readonly inward: Point;
  /** How far the wall reaches into the room. */
  readonly inset: number;
}

/**
 * The clear outline of one room: its border moved inwards by half a wall, except where it is open to another room.
 * Undefined when the border is not one ring.
 */
export function outlineOf(
  key: string,
  borders: readonly Border[],
  isOpen: (border: Border) => boolean,
  halfWall: number,
): Point[] | undefined {
  const edges = borders
    .filter(({ before, after }) => before === key || after === key)
    .map((border) => edgeOf(border, border.after === key, isOpen(border) ? 0 : halfWall));
  const ring = chained(edges);
  return ring?.flatMap((edge, i) => cornerOf(edge, ring[(i + 1) % ring.length] as Edge, halfWall));
}

function edgeOf({ axis, at, from, to }: Border, roomIsAfter: boolean, inset: number): Edge {
  if (axis === 'h') {
    const [a, b] = roomIsAfter ? [from, to] : [to, from];
    return { start: { x: a, y: at }, end: { x: b, y: at }, inward: { x: 0, y: roomIsAfter ? 1 : -1 }, inset };
  }
  const [a, b] = roomIsAfter ? [to, from] : [from, to];
  return { start: { x: at, y: a }, end: { x: at, y: b }, inward: { x: roomIsAfter ? 1 : -1, y: 0 }, inset };
}

function chained(edges: readonly Edge[]): Edge[] | undefined {
  const name = ({ x, y }: Point) => `${x},${y}`;
  const byStart = new Map(edges.map((edge) => [name(edge.start), edge]));
  const first = edges[0];
  if (byStart.size !== edges.length || !first) return undefined;
  const ring: Edge[] = [];
  for (let edge: Edge = first; ;) {
    ring.push(edge);
    const next = byStart.get(name(edge.end));
    if (!next || ring.length > edges.length) return undefined;
    if (next === first) break;
    edge = next;
  }
  return ring.length === edges.length ? ring : undefined;
}

/** The outline's points where one edge passes into the next. */
function cornerOf(edge: Edge, next: Edge, halfWall: number): Point[] {
  const corner = edge.end;
  const straightOn = edge.inward.x === next.inward.x && edge.inward.y === next.inward.y;
  if (!straightOn) return [moved(moved(corner, edge.inward, edge.inset), next.inward, next.inset)];
  if (edge.inset === next.inset) return [];
  // From an open passage into a wall, or back: the step lies at the face of the crossing wall, on the open side.
  const along = {
    x: Math.sign(edge.end.x - edge.start.x),
    y: Math.sign(edge.end.y - edge.start.y),
  };
  const step = moved(corner, along, edge.inset === 0 ? -halfWall : halfWall);
  return [moved(step, edge.inward, edge.inset), moved(step, edge.inward, next.inset)];
}

const moved = (point: Point, direction: Point, by: number): Point => ({
  x: point.x + direction.x * by,
  y: point.y + direction.y * by,
});
