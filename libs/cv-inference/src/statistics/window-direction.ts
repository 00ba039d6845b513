import type { Box } from '../detections/needed.ts';
import { plainNumber } from '../numbers/spelled-number.ts';
import type { StatisticsNode } from './statistics-node.ts';

/** The side on which a window lies; the drawing's top is north. */
export type Direction = 'north' | 'south' | 'east' | 'west';
export type Axis = 'north–south' | 'east–west';

/**
 * The side of a space on which a window lies. A wide window faces north or south, any other (a square one too) east or
 * west; its middle against the centroid decides which.
 */
export function windowDirection({ centroid: [centreX, centreY] }: StatisticsNode, window: Box): Direction {
  const { x, y, width, height } = window;
  if (width > height) return y + height / 2 > plainNumber(centreY) ? 'south' : 'north';
  return x + width / 2 > plainNumber(centreX) ? 'east' : 'west';
}

export function axisOf(direction: Direction): Axis {
  return direction === 'north' || direction === 'south' ? 'north–south' : 'east–west';
}
