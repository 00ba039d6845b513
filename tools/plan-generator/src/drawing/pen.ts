import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Point, Rect } from '../geometry.ts';

/** Draws in sheet coordinates on a piece of the sheet. */
export class Pen {
  readonly #context: SKRSContext2D;

  constructor(context: SKRSContext2D) {
    this.#context = context;
    context.lineCap = 'butt';
  }

  fill(box: Rect, gray: number): void {
    this.#context.fillStyle = tone(gray);
    this.#context.fillRect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
  }

  fillShape(points: readonly Point[], gray: number): void {
    this.#context.fillStyle = tone(gray);
    this.#trace(points);
    this.#context.fill();
  }

  outline(box: Rect, gray: number, width: number): void {
    const inset = width / 2;
    this.#stroke(gray, width);
    this.#context.strokeRect(
      box.x0 + inset,
      box.y0 + inset,
      box.x1 - box.x0 - width,
      box.y1 - box.y0 - width,
    );
  }

  line(
    x0: number,
    y0: number,
    x1: number,
    y1: number,
    gray: number,
    width: number,
    dash: number[] = [],
  ): void {
    this.#stroke(gray, width);
    this.#context.setLineDash(dash);
    this.#context.beginPath();
    this.#context.moveTo(x0, y0);
    this.#context.lineTo(x1, y1);
    this.#context.stroke();
    this.#context.setLineDash([]);
  }

  cross(box: Rect, gray: number, width: number, dash: number[] = []): void {
    this.line(box.x0, box.y0, box.x1, box.y1, gray, width, dash);
    this.line(box.x0, box.y1, box.x1, box.y0, gray, width, dash);
  }

  ellipse(box: Rect, gray: number, width: number): void {
    this.#stroke(gray, width);
    this.#context.beginPath();
    const x = (box.x0 + box.x1) / 2;
    const y = (box.y0 + box.y1) / 2;
    this.#context.ellipse(x, y, (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2, 0, 0, 2 * Math.PI);
    this.#context.stroke();
  }

  /** Quarter circle around `centre` from the direction of `start` to that of `end` (unit vectors along the axes). */
  quarter(centre: Point, radius: number, start: Point, end: Point, gray: number, width: number): void {
    this.#stroke(gray, width);
    const from = Math.atan2(start.y, start.x);
    const isClockwise = start.x * end.y - start.y * end.x > 0;
    this.#context.beginPath();
    this.#context.arc(
      centre.x,
      centre.y,
      radius,
      from,
      from + (isClockwise ? 1 : -1) * (Math.PI / 2),
      !isClockwise,
    );
    this.#context.stroke();
  }

  /** Draws only within the boxes. */
  within(boxes: readonly Rect[], draw: () => void): void {
    this.#context.save();
    this.#context.beginPath();
    for (const box of boxes) this.#context.rect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
    this.#context.clip();
    draw();
    this.#context.restore();
  }

  #stroke(gray: number, width: number): void {
    this.#context.strokeStyle = tone(gray);
    this.#context.lineWidth = width;
  }

  #trace(points: readonly Point[]): void {
    this.#context.beginPath();
    points.forEach(({ x, y }, i) => (i === 0 ? this.#context.moveTo(x, y) : this.#context.lineTo(x, y)));
    this.#context.closePath();
  }
}

const tone = (gray: number): string => `rgb(${gray},${gray},${gray})`;
