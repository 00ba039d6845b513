import type { SKRSContext2D } from '@napi-rs/canvas';
import { rectPoints, type Point, type Rect } from '../geometry.ts';

/** A stroke: grey value, width in pixels and, where it is broken, the lengths of dashes and gaps. */
export interface Stroke {
  readonly gray: number;
  readonly width: number;
  readonly dash?: readonly number[];
}

/** Draws in sheet coordinates on a piece of the sheet. */
export class Pen {
  readonly context: SKRSContext2D;

  constructor(context: SKRSContext2D) {
    this.context = context;
    context.lineCap = 'butt';
  }

  fill(box: Rect, gray: number): void {
    this.context.fillStyle = tone(gray);
    this.context.fillRect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
  }

  fillShape(points: readonly Point[], gray: number): void {
    this.context.fillStyle = tone(gray);
    this.#trace(points, true);
    this.context.fill();
  }

  /** From one grey in the middle to another at the rim. */
  fillGradient(points: readonly Point[], middle: Point, radius: number, inner: number, outer: number): void {
    const gradient = this.context.createRadialGradient(middle.x, middle.y, 0, middle.x, middle.y, radius);
    gradient.addColorStop(0, tone(inner));
    gradient.addColorStop(1, tone(outer));
    this.context.fillStyle = gradient;
    this.#trace(points, true);
    this.context.fill();
  }

  fillEllipse(box: Rect, gray: number): void {
    this.context.fillStyle = tone(gray);
    this.#ellipse(box);
    this.context.fill();
  }

  /** A frame drawn inwards from the box's edges. */
  outline(box: Rect, stroke: Stroke): void {
    const inset = stroke.width / 2;
    this.#use(stroke);
    const { x0, y0, x1, y1 } = box;
    this.context.strokeRect(x0 + inset, y0 + inset, x1 - x0 - stroke.width, y1 - y0 - stroke.width);
  }

  /** A frame with round corners, drawn inwards. */
  rounded(box: Rect, radius: number, stroke: Stroke, filling?: number): void {
    const inset = stroke.width / 2;
    const { x0, y0, x1, y1 } = box;
    this.context.beginPath();
    this.context.roundRect(x0 + inset, y0 + inset, x1 - x0 - stroke.width, y1 - y0 - stroke.width, radius);
    if (filling !== undefined) {
      this.context.fillStyle = tone(filling);
      this.context.fill();
    }
    this.#use(stroke);
    this.context.stroke();
  }

  line(x0: number, y0: number, x1: number, y1: number, stroke: Stroke): void {
    this.path([{ x: x0, y: y0 }, { x: x1, y: y1 }], stroke); // prettier-ignore
  }

  path(points: readonly Point[], stroke: Stroke, isClosed = false): void {
    this.#use(stroke);
    this.#trace(points, isClosed);
    this.context.stroke();
  }

  cross(box: Rect, stroke: Stroke): void {
    this.line(box.x0, box.y0, box.x1, box.y1, stroke);
    this.line(box.x0, box.y1, box.x1, box.y0, stroke);
  }

  ellipse(box: Rect, stroke: Stroke): void {
    this.#use(stroke);
    this.#ellipse(box);
    this.context.stroke();
  }

  /** Quarter disc around `centre` from the direction of `start` to that of `end` (unit vectors along the axes). */
  quarter(centre: Point, radius: number, start: Point, end: Point, stroke: Stroke, filling?: number): void {
    const from = Math.atan2(start.y, start.x);
    const isClockwise = start.x * end.y - start.y * end.x > 0;
    const to = from + (isClockwise ? 1 : -1) * (Math.PI / 2);
    this.context.beginPath();
    if (filling !== undefined) this.context.moveTo(centre.x, centre.y);
    this.context.arc(centre.x, centre.y, radius, from, to, !isClockwise);
    if (filling !== undefined) {
      this.context.closePath();
      this.context.fillStyle = tone(filling);
      this.context.fill();
    }
    this.#use(stroke);
    this.context.stroke();
  }

  /** Draws only within the boxes. */
  within(boxes: readonly Rect[], draw: () => void): void {
    this.withinShapes(boxes.map(rectPoints), draw);
  }

  withinShapes(shapes: readonly (readonly Point[])[], draw: () => void): void {
    this.context.save();
    this.context.beginPath();
    for (const points of shapes) this.#add(points, true);
    this.context.clip();
    draw();
    this.context.restore();
  }

  #use({ gray, width, dash }: Stroke): void {
    this.context.strokeStyle = tone(gray);
    this.context.lineWidth = width;
    this.context.setLineDash([...(dash ?? [])]);
  }

  #ellipse({ x0, y0, x1, y1 }: Rect): void {
    this.context.beginPath();
    const radii = [Math.max(0.5, (x1 - x0) / 2), Math.max(0.5, (y1 - y0) / 2)] as const;
    this.context.ellipse((x0 + x1) / 2, (y0 + y1) / 2, ...radii, 0, 0, 2 * Math.PI);
  }

  #trace(points: readonly Point[], isClosed: boolean): void {
    this.context.beginPath();
    this.#add(points, isClosed);
  }

  #add(points: readonly Point[], isClosed: boolean): void {
    points.forEach(({ x, y }, i) => (i === 0 ? this.context.moveTo(x, y) : this.context.lineTo(x, y)));
    if (isClosed) this.context.closePath();
  }
}

const tone = (gray: number): string => `rgb(${gray},${gray},${gray})`;
