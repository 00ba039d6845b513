import type { StatisticsNode } from './statistics-node.ts';
import { windowDirection } from './window-direction.ts';
import type { Direction } from './window-direction.ts';
import { largestBy, windowsOf } from './windows-of.ts';

/**
 * The number of bays: rooms side by side at the front, which is the side of the living room's widest window. Several
 * living rooms make as many bays without a look at the windows.
 */
export function bayCountOf(nodes: readonly StatisticsNode[]): number {
  const livingRooms = nodes.filter(({ category_name }) => category_name === '공간_거실');
  const [livingRoom] = livingRooms;
  if (livingRoom === undefined || livingRooms.length > 1) return livingRooms.length;
  const front = sideOfWidestWindow(livingRoom);
  if (front === undefined) return 1;
  const atFront = nodes.filter(
    (node) => node.category_name === '공간_침실' && sideOfWidestWindow(node) === front,
  );
  return 1 + atFront.length;
}

function sideOfWidestWindow(node: StatisticsNode): Direction | undefined {
  const widest = largestBy(windowsOf(node), ({ width }) => width);
  return widest && windowDirection(node, widest);
}
