import { CATEGORIES } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { generatePlan } from './generate-plan.ts';
import type { Plan } from './plan-types.ts';

const COUNT = 300;
const plans = Array.from({ length: COUNT }, (_, index) => generatePlan({ seed: 12, index }));
const shareOf = (holds: (plan: Plan) => boolean) => plans.filter(holds).length / COUNT;

describe('300 sheets', () => {
  it('are of both families, with thin and thick walls', () => {
    expect(shareOf(({ family }) => family === 'cad')).toBeGreaterThan(0.37);
    expect(shareOf(({ family }) => family === 'cad')).toBeLessThan(0.63);
    expect(new Set(plans.map(({ outerExtra }) => outerExtra)).size).toBeGreaterThan(15);
  });

  it('hold every category that a network is asked for', () => {
    const found = new Set(
      plans.flatMap(({ detections: { obj, ocr, str, spa } }) =>
        [...obj, ...ocr, ...str, ...spa].map(({ category_name }) => category_name),
      ),
    );
    expect(CATEGORIES.map(({ name }) => name).filter((name) => !found.has(name))).toEqual(['background']);
  });

  it('have shafts mostly, a few of them or many', () => {
    const counts = plans
      .map(({ rooms }) => rooms.filter(({ category }) => category === '공간_기타').length)
      .sort((a, b) => a - b);
    expect(shareOf(({ rooms }) => rooms.some(({ category }) => category === '공간_기타'))).toBeGreaterThan(
      0.6,
    );
    expect(counts[COUNT / 2]).toBeGreaterThanOrEqual(1);
    expect(counts.at(-1)).toBeGreaterThanOrEqual(6);
  });

  it('have balconies on every side of the house, on several of them not seldom', () => {
    const sides = plans.map(balconySides);
    for (const side of ['north', 'south', 'west', 'east']) {
      expect(sides.filter((found) => found.has(side)).length / COUNT).toBeGreaterThan(0.03);
    }
    expect(sides.filter(({ size }) => size >= 2).length / COUNT).toBeGreaterThan(0.1);
    expect(shareOf(({ facts }) => facts.balconyCount >= 3)).toBeGreaterThan(0.1);
  });

  it('are written in many ways, and tilted now and then', () => {
    expect(new Set(plans.map(({ lettering }) => lettering.font)).size).toBe(9);
    expect(new Set(plans.map(({ lettering }) => lettering.size)).size).toBeGreaterThan(15);
    expect(shareOf(({ tilt }) => tilt !== 0)).toBeGreaterThan(0.1);
    expect(shareOf(({ tilt }) => tilt !== 0)).toBeLessThan(0.3);
    for (const { tilt } of plans) expect(Math.abs(tilt)).toBeLessThanOrEqual(0.004);
    expect(shareOf(({ texts }) => texts.some(({ isTurned }) => isTurned))).toBeGreaterThan(0.02);
  });
});

/** On which sides of other rooms balconies lie, seen from the windows and doors between them. */
function balconySides({ rooms, doors, windows }: Plan): Set<string> {
  const sides = new Set<string>();
  for (const { rooms: keys, axis, at } of [...doors, ...windows]) {
    const [balcony, ...more] = rooms.filter(({ key, kind }) => kind === 'balcony' && keys.includes(key));
    if (!balcony || more.length > 0 || keys.length < 2) continue;
    if (axis === 'h') sides.add(balcony.core.y0 >= at ? 'south' : 'north');
    else sides.add(balcony.core.x0 >= at ? 'east' : 'west');
  }
  return sides;
}
