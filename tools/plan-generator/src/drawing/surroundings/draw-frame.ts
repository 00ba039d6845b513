import type { Plan } from '../../plan-types.ts';
import type { GraySheet } from '../gray-sheet.ts';
import type { DrawingStyle } from '../style.ts';

/** The sheet's frame, and what scanners leave: a grey line at the edge, stray dots. */
export function drawFrame(
  sheet: GraySheet,
  { sheet: { width, height } }: Plan,
  { frame, dice }: DrawingStyle,
): void {
  if (frame !== 'none') {
    const [margin, weight] = frame === 'thick' ? [128, 14] : [142, 5];
    const left = frame === 'thick' ? 287 : margin;
    // Thick frames end in a thin line far above the edge.
    const bottom = frame === 'thick' ? height - 331 : height - 150;
    const right = width - margin - (frame === 'thick' ? 22 : 48);
    sheet.fill(left, margin, right, margin + weight, 0);
    sheet.fill(left, margin, left + weight, bottom, 0);
    if (dice.chance(0.9)) sheet.fill(right - weight, margin, right, bottom, 0);
    sheet.fill(left, bottom - (frame === 'thick' ? 4 : weight), right, bottom, 0);
  }
  if (dice.chance(0.6)) {
    sheet.fill(0, 0, 1, height, 190);
    sheet.fill(0, 0, width, 1, 190);
  }
  for (let dots = dice.integer(0, 12); dots > 0; dots--) {
    const x = dice.integer(10, width - 10);
    const y = dice.integer(10, height - 10);
    const size = dice.integer(1, 4);
    sheet.fill(x, y, x + size, y + size, dice.integer(0, 180));
  }
}
