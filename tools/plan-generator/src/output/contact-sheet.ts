import { createCanvas, loadImage } from '@napi-rs/canvas';
import { drawPlan } from '../drawing/draw-plan.ts';
import { generatePlan } from '../generate-plan.ts';
import type { Plan } from '../plan-types.ts';
import type { Point } from '../geometry.ts';

const COLUMNS = 4;
/** Of a sheet on the contact sheet. */
const WIDTH = 620;
const HEIGHT = 440;

const COLOURS = { rooms: 'rgba(230,120,0,0.28)', doors: 'rgba(0,140,40,0.6)', windows: 'rgba(0,40,230,0.6)', fixtures: 'rgba(220,0,200,0.6)', texts: 'rgba(220,0,0,0.7)' }; // prettier-ignore

/**
 * The first sheets of a seed side by side, for the eye: each drawing once as it is and once with its truth over it.
 *
 * @param count sheets, two places each
 * @returns a PNG
 */
export async function contactSheet({ seed, count }: { seed: number; count: number }): Promise<Buffer> {
  const places = 2 * count;
  const canvas = createCanvas(COLUMNS * WIDTH, Math.ceil(places / COLUMNS) * HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  // With smaller pictures on the way: the finest lines must not fall between the pixels.
  context.imageSmoothingQuality = 'medium';
  for (let index = 0; index < count; index++) {
    const plan = generatePlan({ seed, index });
    const drawing = await loadImage(await drawPlan(plan));
    for (const half of [0, 1]) {
      const place = 2 * index + half;
      context.save();
      context.translate((place % COLUMNS) * WIDTH, Math.floor(place / COLUMNS) * HEIGHT);
      context.drawImage(drawing, 0, 0, WIDTH - 6, HEIGHT - 6);
      context.scale((WIDTH - 6) / plan.sheet.width, (HEIGHT - 6) / plan.sheet.height);
      if (half === 1) for (const [name, outlines] of Object.entries(truthOf(plan))) fill(name, outlines);
      context.restore();
    }
  }
  return canvas.encode('png');

  function fill(name: string, outlines: readonly (readonly Point[])[]): void {
    context.fillStyle = COLOURS[name as keyof typeof COLOURS];
    for (const outline of outlines) {
      context.beginPath();
      outline.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      context.fill();
    }
  }
}

/** Outlines as the detections say them, so that a turned sheet shows a turned truth. */
function truthOf({ detections }: Plan): Record<keyof typeof COLOURS, Point[][]> {
  type Outlined = { readonly segmentation?: readonly (readonly unknown[])[] | null };
  const outlines = (items: readonly Outlined[]) =>
    items.map(({ segmentation }) => pointsOf((segmentation?.[0] ?? []).map(Number)));
  const structures = (kind: string) => detections.str.filter(({ category_name }) => category_name === kind);
  return {
    rooms: outlines(detections.spa as readonly Outlined[]),
    doors: outlines(structures('구조_출입문') as readonly Outlined[]),
    windows: outlines(structures('구조_창호') as readonly Outlined[]),
    fixtures: outlines(detections.obj as readonly Outlined[]),
    texts: outlines(detections.ocr as readonly Outlined[]),
  };
}

function pointsOf(values: readonly number[]): Point[] {
  return values.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: values[i + 1] as number }] : []));
}
