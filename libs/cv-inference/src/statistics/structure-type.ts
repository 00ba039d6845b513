import type { StructureType } from '@arae/floorplan';
import type { StatisticsNode } from './statistics-node.ts';
import { axisOf, windowDirection } from './window-direction.ts';
import type { Direction } from './window-direction.ts';
import { largestBy, windowsOf } from './windows-of.ts';

const KITCHENS: readonly string[] = ['공간_주방', '공간_주방및식당'];

/**
 * The structure type, from the windows of the first living room and the first kitchen: a slab (판상형) has them on
 * opposite sides, a tower (타워형) round a corner or on one side, everything else is mixed (혼합형).
 */
export function structureTypeOf(nodes: readonly StatisticsNode[]): StructureType {
  const livingRoom = nodes.find(({ category_name }) => category_name === '공간_거실');
  if (livingRoom === undefined) return '혼합형';
  const axes = new Set(windowsOf(livingRoom).map((window) => axisOf(windowDirection(livingRoom, window))));
  if (axes.size > 1) return '타워형';
  const livingRoomSide = sideOfMainWindow(livingRoom);
  if (livingRoomSide === undefined) return '혼합형';

  const kitchen = nodes.find(({ category_name }) => KITCHENS.includes(category_name));
  if (kitchen === undefined) return '혼합형';
  const kitchenSide = sideOfMainWindow(kitchen);
  if (kitchenSide === undefined || kitchenSide === livingRoomSide) return '타워형';
  return axisOf(kitchenSide) === axisOf(livingRoomSide) ? '판상형' : '혼합형';
}

/** The main window is the one with the longest side (the bay count, in contrast, goes by the width). */
function sideOfMainWindow(node: StatisticsNode): Direction | undefined {
  const main = largestBy(windowsOf(node), ({ width, height }) => Math.max(width, height));
  return main && windowDirection(node, main);
}
