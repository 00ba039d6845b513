import type { DoorOpening } from '../plan-types.ts';
import { openingFrame } from './opening-frame.ts';
import type { Pen, Stroke } from './pen.ts';
import type { DrawingStyle } from './style.ts';

const LEAF = 6;
/** Depth of a folding door's zigzag. */
const FOLD = 12;

export function drawDoor(pen: Pen, door: DoorOpening, style: DrawingStyle, floor: number): void {
  const { box, hole, near, far } = openingFrame(door);
  const { ink, fineInk, fineWidth } = style;
  const isSolid = style.innerFill === 'solid';
  pen.fill(hole, style.doors === 'white disc' ? 255 : floor);
  const jamb: Stroke = { gray: ink, width: 2 };
  pen.outline(box(door.from, door.from + 5, near, far), jamb);
  pen.outline(box(door.to - 5, door.to, near, far), jamb);
  if (style.doors === 'white disc') pen.outline(hole, jamb);
  if (door.swing === 0) drawSliding(pen, door, style);
  else drawSwinging(pen, door, style, { gray: isSolid ? ink : fineInk, width: fineWidth });
}

function drawSliding(pen: Pen, door: DoorOpening, { ink, dice }: DrawingStyle): void {
  const { box, point } = openingFrame(door);
  const { from, to, at } = door;
  const middle = (from + to) / 2;
  const line: Stroke = { gray: ink, width: 2 };
  if (dice.chance(0.15) && to - from < 160) {
    // Folding: a broken zigzag.
    const steps = [0, 1, 2, 3, 4].map((i) =>
      point(from + ((to - from) * i) / 4, at + (i % 2 === 0 ? 0 : FOLD)),
    );
    pen.path(steps, { gray: ink, width: 2, dash: [10, 5] });
    return;
  }
  pen.fill(box(from, to, at - LEAF, at + LEAF), 255);
  pen.outline(box(from, middle + 8, at - LEAF, at), line);
  pen.outline(box(middle - 8, to, at, at + LEAF), line);
  if (dice.chance(0.4)) {
    const arrow = [point(middle - 26, at + 16), point(middle + 26, at + 16)] as const;
    pen.path(arrow, { gray: ink, width: 1 });
    pen.path([point(middle + 16, at + 12), arrow[1], point(middle + 16, at + 20)], { gray: ink, width: 1 });
  }
}

function drawSwinging(pen: Pen, door: DoorOpening, { ink, doors }: DrawingStyle, arc: Stroke): void {
  const { point, box, near, far } = openingFrame(door);
  const { from, to, swing } = door;
  const [pin, end] = door.hinge === 'from' ? [from, to] : [to, from];
  const inward = Math.sign(end - pin);
  const face = swing === 1 ? far : near;
  const width = to - from;
  const hinge = point(pin, face);
  const directions = [point(inward, 0), point(0, swing)] as const;
  switch (doors) {
    case 'bar':
      pen.fill(box(pin, pin + inward * 8, face, face + swing * width), 150);
      return;
    case 'white disc':
      pen.quarter(hinge, width, ...directions, { gray: ink, width: 3 }, 255);
      pen.outline(box(pin, pin + inward * 8, face, face + swing * width), { gray: ink, width: 3 });
      return;
    case 'dashed arc':
      pen.quarter(hinge, width, ...directions, { ...arc, dash: [12, 6] });
      break;
    case 'arc':
    case 'leaf and arc':
      pen.quarter(hinge, width, ...directions, arc);
  }
  if (doors === 'arc') pen.path([hinge, point(pin, face + swing * width)], { gray: ink, width: 2 });
  else pen.outline(box(pin, pin + inward * LEAF, face, face + swing * width), { gray: ink, width: 2 });
}
