import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generatedGraphs } from '../testing/plans.ts';
import { VECTOR_PLANS, conformanceVectors } from './conformance-vectors.ts';
import type { ConformanceCase } from './make-cases.ts';

const fixtures = fileURLToPath(new URL('../../../../test-fixtures/conformance/', import.meta.url));

it('what the model sees is what the vectors say, byte for byte', { timeout: 60_000 }, async () => {
  const vectors = await conformanceVectors(await generatedGraphs(VECTOR_PLANS.count, VECTOR_PLANS.seed));
  expect(readdirSync(fixtures).sort()).toEqual(Object.keys(vectors).sort());
  for (const [name, text] of Object.entries(vectors)) {
    // Compared whole: `npm run conformance-vectors` writes them anew when the change is meant.
    expect(readFileSync(`${fixtures}${name}`, 'utf8') === text, name).toBe(true);
  }
});

it('the vectors know every kind of contradiction', () => {
  const cases = JSON.parse(readFileSync(`${fixtures}cases.json`, 'utf8')) as ConformanceCase[];
  const found = cases
    .flatMap(({ analyses }) => analyses.flatMap(({ contradictions }) => contradictions))
    .map((one) => one as { path: string; severity: string });
  const kinds = new Set(found.map(({ path, severity }) => `${path.replaceAll(/\/\d+/g, '/N')} ${severity}`));
  expect([...kinds].sort()).toMatchInlineSnapshot(`
    [
      "/balcony_ratio minor",
      "/bathroom_count minor",
      "/bay_count minor",
      "/compliance/compliant_items/N severe",
      "/compliance/non_compliant_items/N minor",
      "/compliance/non_compliant_items/N severe",
      "/compliance/overall_grade severe",
      "/image_name minor",
      "/room_count minor",
      "/spaces minor",
      "/spaces/N/area_m2 minor",
      "/spaces/N/area_ratio minor",
      "/spaces/N/connected_spaces minor",
      "/spaces/N/connected_spaces/N minor",
      "/spaces/N/has_window severe",
      "/spaces/N/space_name minor",
      "/spaces/N/space_name severe",
      "/structure_type minor",
      "/total_spaces minor",
      "/windowless_ratio minor",
    ]
  `);
  for (const { analyses } of cases) expect(analyses[0]?.contradictions).toEqual([]);
});
