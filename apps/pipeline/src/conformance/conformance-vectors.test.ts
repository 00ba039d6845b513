import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generatedGraphs } from '../testing/plans.ts';
import { temporaryFolder } from '../testing/test-workspace.ts';
import { VECTOR_PLANS, conformanceVectors } from './conformance-vectors.ts';
import type { ConformanceCase } from './make-cases.ts';

const fixtures = fileURLToPath(new URL('../../../../test-fixtures/conformance/', import.meta.url));

it('what the model sees is what the vectors say, byte for byte', { timeout: 60_000 }, async () => {
  const { plans, sweep } = VECTOR_PLANS;
  const vectors = await conformanceVectors({
    plans: await generatedGraphs(plans.count, plans.seed),
    sweep: await generatedGraphs(sweep.count, sweep.seed),
    scratch: temporaryFolder(),
  });
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

it('the vectors hold graphs, answers, criteria and packs that are taken and that are refused', () => {
  const read = <T>(name: string) => JSON.parse(readFileSync(`${fixtures}${name}`, 'utf8')) as T;
  const graphs = read<{ verdicts: { refused_at: string | null }[] }>('graphs.json').verdicts;
  const answers = read<{
    verdicts: { refused_at: string | null; strict_refused_at: string | null }[];
  }>('answers.json').verdicts;
  const contexts = read<{ refused_at: string | null }[]>('contexts.json');
  const { packs } = read<{ packs: { refused: boolean }[] }>('packs.json');
  const count = <T>(list: readonly T[], isRefused: (one: T) => boolean) => {
    const refused = list.filter(isRefused).length;
    return [list.length - refused, refused] as const;
  };
  // Taken and refused, at least.
  const wanted = [
    [count(graphs, (one) => one.refused_at !== null), [60, 300]],
    [count(answers, (one) => one.refused_at !== null), [60, 150]],
    [count(answers, (one) => one.strict_refused_at !== null), [30, 180]],
    [count(contexts, (one) => one.refused_at !== null), [15, 30]],
    [count(packs, (one) => one.refused), [10, 30]],
  ] as const;
  for (const [[taken, refused], [leastTaken, leastRefused]] of wanted) {
    expect(taken).toBeGreaterThanOrEqual(leastTaken);
    expect(refused).toBeGreaterThanOrEqual(leastRefused);
  }
  const places = (list: readonly (string | null)[]) => new Set(list.filter((at) => at !== null)).size;
  expect(places(graphs.map((one) => one.refused_at))).toBeGreaterThan(70);
  expect(places(answers.map((one) => one.strict_refused_at))).toBeGreaterThan(30);
});
