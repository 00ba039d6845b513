import type { Point } from '../geometry.ts';
import type { DoorOpening } from '../plan-types.ts';

/** How far a door's outline reaches beyond its wall. */
export const DOOR_REACH = 5;

const ARC_STEPS = 8;

/** Outline of a door as a network sees it: the hole in the wall together with the quarter disc of its leaf. */
export function doorOutline(door: Omit<DoorOpening, 'outline'>): Point[] {
  const { axis, at, from, to, swing, hinge } = door;
  const near = at - door.before - DOOR_REACH;
  const far = at + door.after + DOOR_REACH;
  const point = (along: number, across: number): Point =>
    axis === 'h' ? { x: along, y: across } : { x: across, y: along };
  if (swing === 0) {
    return [point(from, near), point(to, near), point(to, far), point(from, far)];
  }
  const [pin, end] = hinge === 'from' ? [from, to] : [to, from];
  const face = swing === 1 ? at + door.after : at - door.before;
  const behind = swing === 1 ? near : far;
  const width = to - from;
  const arc = Array.from({ length: ARC_STEPS + 1 }, (_, i) => {
    const angle = (Math.PI / 2) * (i / ARC_STEPS);
    return point(
      pin + Math.sign(end - pin) * Math.round(width * Math.cos(angle)),
      face + swing * Math.round(width * Math.sin(angle)),
    );
  });
  return [point(pin, behind), point(end, behind), ...arc];
}
