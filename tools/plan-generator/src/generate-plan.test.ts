import { loadAggregator } from '@arae/cv-inference';
import { evaluateRubric, planViewOf, topologyGraphSchema } from '@arae/floorplan';
import type { TopologyGraph } from '@arae/floorplan';
import { beforeAll, describe, expect, it } from 'vitest';
import { generatePlan } from './generate-plan.ts';
import { overlap, rect, type Point, type Rect } from './geometry.ts';
import type { Plan } from './plan-types.ts';

const PLANS = 300;

let plans: { plan: Plan; graph: TopologyGraph }[] = [];

beforeAll(async () => {
  const aggregator = await loadAggregator();
  plans = Array.from({ length: PLANS }, (_, index) => {
    const plan = generatePlan({ seed: 42, index });
    return { plan, graph: aggregator.aggregate(plan.detections).graph };
  });
}, 30_000);

describe('generatePlan', () => {
  it('depends on seed and index only', () => {
    for (const index of [0, 7, 299]) {
      expect(JSON.stringify(generatePlan({ seed: 42, index }))).toBe(JSON.stringify(plans[index]?.plan));
    }
    expect(JSON.stringify(generatePlan({ seed: 43, index: 0 }))).not.toBe(JSON.stringify(plans[0]?.plan));
  });

  it('refuses what is no seed or index', () => {
    expect(() => generatePlan({ seed: 0.5, index: 0 })).toThrow(RangeError);
    expect(() => generatePlan({ seed: 1, index: -1 })).toThrow(RangeError);
  });

  it('names every plan once, as real files are named', () => {
    expect(new Set(plans.map(({ plan }) => plan.stem)).size).toBe(PLANS);
    for (const { plan } of plans) {
      expect(plan.fileName).toMatch(/^APT_FP_(OBJ|OCR|SPA|STR)_\d{9}\.PNG$/);
      expect(plan.detections.image_info.file_name).toBe(plan.fileName);
    }
  });

  it('keeps to whole pixels on the sheet', () => {
    for (const { plan } of plans) {
      const { obj, ocr, str, spa } = plan.detections;
      for (const { segmentation } of [...obj, ...ocr, ...str, ...spa]) {
        const values = (segmentation ?? []).flat().map(Number);
        expect(values.every((value) => Number.isInteger(value) && value >= 0 && value < 4961)).toBe(true);
      }
    }
  });

  it('has no two rooms that overlap', () => {
    for (const { plan } of plans) {
      const boxes = plan.rooms.map(({ outline }) => sliced(outline));
      boxes.forEach((first, i) => {
        for (const second of boxes.slice(i + 1)) {
          expect(first.some((a) => second.some((b) => overlap(a, b)))).toBe(false);
        }
      });
    }
  });
});

describe('the graph of a generated plan', () => {
  it('passes the schema', () => {
    for (const { graph } of plans) expect(topologyGraphSchema.safeParse(graph).success).toBe(true);
  });

  it('says what the generator meant', () => {
    for (const { plan, graph } of plans) {
      const { statistics, nodes } = graph;
      expect({
        structureType: statistics.structure_type,
        bayCount: statistics.bay_count,
        roomCount: statistics.room_count,
        bathroomCount: statistics.bathroom_count,
        balconyCount: statistics.balcony_count,
        mainBedroomHasWindow: evaluateRubric(planViewOf(graph)).mustMet,
        hasWindow: nodes.map(({ contains }) => contains.structures.windows.length > 0),
      }).toEqual(plan.facts);
      nodes.forEach(({ area }, i) => {
        const meant = plan.rooms[i]?.area ?? 0;
        // Outlines that are turned end on whole pixels too.
        expect(Math.abs(area - meant)).toBeLessThanOrEqual(plan.tilt === 0 ? 0 : 0.02 * meant);
      });
      expect(nodes.flatMap(({ contains }) => contains.ocr_labels)).toEqual(
        plan.rooms.flatMap(({ text }) => (text === null ? [] : [text])),
      );
    }
  });

  it('leads from the entrance into every room of the flat', () => {
    const notOfTheFlat = new Set(['공간_기타', '공간_엘리베이터홀', '공간_계단실', '공간_엘리베이터']);
    for (const { plan, graph } of plans) {
      const reached = reachedFrom(graph, '공간_현관');
      for (const node of graph.nodes) {
        if (notOfTheFlat.has(node.category_name)) continue;
        expect(reached, `${plan.index}: ${node.label}`).toContain(node.node_id);
      }
    }
  });

  it('holds its fixtures in the rooms where they belong', () => {
    for (const { plan, graph } of plans) {
      expect(graph.nodes.flatMap(({ contains }) => contains.objects).length).toBe(plan.fixtures.length);
      for (const { category_name, contains } of graph.nodes) {
        const toilets = contains.objects.filter((object) => object.category_name === '객체_변기');
        if (toilets.length > 0) expect(category_name).toBe('공간_화장실');
      }
    }
  });
});

describe('300 plans', () => {
  const shares = (of: (graph: TopologyGraph) => string | number) => {
    const counts: Record<string, number> = {};
    for (const { graph } of plans) counts[of(graph)] = (counts[of(graph)] ?? 0) + 1 / PLANS;
    return counts;
  };

  it('are of all three types', () => {
    const types = shares(({ statistics }) => statistics.structure_type);
    expect(Object.keys(types).sort()).toEqual(['타워형', '판상형', '혼합형']);
    for (const share of Object.values(types)) expect(share).toBeGreaterThan(0.15);
  });

  it('have 2 to 5 bays', () => {
    const bays = shares(({ statistics }) => statistics.bay_count);
    expect(Object.keys(bays)).toEqual(['2', '3', '4', '5']);
    for (const share of Object.values(bays)) expect(share).toBeGreaterThan(0.05);
  });

  it('earn all five grades, none of them too often', () => {
    const grades = shares((graph) => evaluateRubric(planViewOf(graph)).grade);
    expect(Object.keys(grades).sort()).toEqual(['미흡', '보통', '불합격', '우수', '최우수']);
    for (const share of Object.values(grades)) {
      expect(share).toBeGreaterThan(0.04);
      expect(share).toBeLessThan(0.5);
    }
  });
});

/** A rectilinear outline as rectangles: a slice between each two neighbouring heights. */
function sliced(outline: readonly Point[]): Rect[] {
  const ys = [...new Set(outline.map(({ y }) => y))].sort((a, b) => a - b);
  return ys.slice(1).flatMap((y1, i) => {
    const y0 = ys[i] as number;
    const middle = (y0 + y1) / 2;
    const crossings = outline
      .flatMap((a, j) => {
        const b = outline[(j + 1) % outline.length] as Point;
        return a.y < middle !== b.y < middle ? [a.x] : [];
      })
      .sort((a, b) => a - b);
    return crossings.flatMap((x, j) => (j % 2 === 0 ? [rect(x, y0, crossings[j + 1] as number, y1)] : []));
  });
}

function reachedFrom(graph: TopologyGraph, category: string): Set<string> {
  const reached = new Set(
    graph.nodes.filter((node) => node.category_name === category).map((node) => node.node_id),
  );
  for (const id of reached) {
    for (const { source_node, target_node } of graph.edges) {
      if (source_node === id) reached.add(target_node);
      if (target_node === id) reached.add(source_node);
    }
  }
  return reached;
}
