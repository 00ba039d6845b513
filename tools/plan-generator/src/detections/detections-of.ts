import { spellPythonFloat, type CategoryName, type RawJsonNumber } from '@arae/floorplan';
import type { Detections, SpelledBbox } from '@arae/cv-inference';
import { areaOf, boundsOf, rectPoints, turned, type Point, type Rect } from '../geometry.ts';
import type { Plan } from '../plan-types.ts';
import type { Dice } from '../random.ts';
import { categoryIdOf } from './categories.ts';

/** The service holds areas and confidences as floats, and so they are spelled: `120000.0`. */
const float = (value: number) => spellPythonFloat(value) as number | RawJsonNumber;

/** The plan as four networks without a fault would find it; turned as the drawing is. */
export function detectionsOf(plan: Omit<Plan, 'detections' | 'facts'>, dice: Dice): Detections {
  const confidence = () => float(dice.integer(6200, 9700) / 10_000);
  const structures: [CategoryName, readonly Point[]][] = [
    ...plan.doors.map(({ outline }): [CategoryName, readonly Point[]] => ['구조_출입문', outline]),
    ...plan.windows.map(({ outline }): [CategoryName, readonly Point[]] => ['구조_창호', outline]),
    ...plan.walls.map((wall): [CategoryName, readonly Point[]] => ['구조_벽체', rectPoints(wall)]),
  ];
  const middle = { x: plan.sheet.width / 2, y: plan.sheet.height / 2 };
  const placed = (outline: readonly Point[]) =>
    plan.tilt === 0 ? outline : outline.map((point) => rounded(turned(point, middle, plan.tilt)));
  const upright = (box: Rect) => rectPoints(boundsOf(placed(rectPoints(box))));
  return {
    image_info: { file_name: plan.fileName, width: plan.sheet.width, height: plan.sheet.height },
    obj: plan.fixtures.map(({ category, box }, id) => ({
      ...annotation(id, category, upright(box), confidence()),
      attributes: { occluded: false, rotation: float(0) },
    })),
    ocr: plan.texts.map(({ text, box }, id) => ({
      ...annotation(id, 'OCR', upright(box), confidence()),
      attributes: { OCR: text },
    })),
    str: structures.map(([category, outline], id) => ({
      ...annotation(id, category, placed(outline), float(1)),
      attributes: { subcat: category.replace('구조_', '') },
    })),
    spa: plan.rooms.map(({ category, outline }, id) => ({
      ...annotation(id, category, placed(outline), float(1)),
      attributes: { occluded: false },
    })),
  };
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

function annotation(
  id: number,
  category: CategoryName,
  outline: readonly Point[],
  confidence: number | RawJsonNumber,
) {
  const { x0, y0, x1, y1 } = boundsOf(outline);
  return {
    id,
    category_id: categoryIdOf(category),
    category_name: category,
    // A contour's box counts its last pixel too.
    bbox: [x0, y0, x1 - x0 + 1, y1 - y0 + 1] satisfies SpelledBbox,
    segmentation: [outline.flatMap(({ x, y }) => [x, y])],
    area: float(areaOf(outline)),
    confidence,
    iscrowd: 0,
  };
}
