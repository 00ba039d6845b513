import { shrunk } from '../geometry.ts';
import { writeText } from '../lettering/write-text.ts';
import type { Plan, TextBox } from '../plan-types.ts';
import type { Pen } from './pen.ts';

/** Ink of labels. */
const BLACK = 0;
/** From the ink to the frame around it. */
const AIR = { across: 8, down: 6 };

export function drawLabels(pen: Pen, { texts, lettering }: Plan, frameWidth: number): void {
  for (const label of texts) drawLabel(pen, label, lettering.font);
  if (!lettering.isBoxed) return;
  for (const { box, isTurned } of texts) {
    const frame = shrunk(box, -AIR.down - frameWidth);
    const longer = AIR.across - AIR.down;
    pen.outline(
      isTurned
        ? { ...frame, y0: frame.y0 - longer, y1: frame.y1 + longer }
        : { ...frame, x0: frame.x0 - longer, x1: frame.x1 + longer },
      { gray: BLACK, width: frameWidth },
    );
  }
}

export function drawLabel(
  pen: Pen,
  { text, box, size, isTurned }: TextBox,
  font: Plan['lettering']['font'],
): void {
  writeText(pen.context, box, { text, font, size, gray: BLACK, isTurned });
}
