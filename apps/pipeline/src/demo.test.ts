import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationSummary } from '@arae/cv-inference';
import { compactModelsManifest } from '@arae/cv-models-compact';
import { describe, expect, it } from 'vitest';
import type { PhaseSummary } from './run-context.ts';
import { cli, temporaryFolder } from './testing/test-workspace.ts';
import type { CliResult } from './testing/test-workspace.ts';

const hasCompactModels = existsSync(compactModelsManifest);
if (!hasCompactModels) {
  console.warn(`skipped: the demo from drawings (${compactModelsManifest} is missing)`);
}

const PHASES = ['phase0', 'phase1', 'phase2', 'phase3 openai', 'phase3 gemini', 'phase4', 'phase5'];

/** A key that must not be used, and settings that must not lead the demo elsewhere. */
async function demo(...flags: string[]): Promise<CliResult & { data: string; summaries: PhaseSummary[] }> {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const result = await cli(['demo', '--data', data, '--json', ...flags], {
    cwd: folder,
    env: {
      OPENAI_API_KEY: 'sk-never',
      OPENAI_BASE_URL: 'http://127.0.0.1:9',
      ARAE_PIPELINE_IMAGES: '/no/such/images',
      ARAE_PIPELINE_TOPOLOGY__IMPORT_DIR: '/no/such/graphs',
      ARAE_PIPELINE_CV__PROVIDER: 'cpu',
    },
  });
  expect(result.code, result.stderr).toBe(0);
  expect(result.stderr).toMatch(/the teachers were simulated and nothing was spent/);
  return { ...result, data, summaries: JSON.parse(result.stdout) as PhaseSummary[] };
}

const sampleOf = (data: string) =>
  JSON.parse(readFileSync(join(data, 'sampled_images.json'), 'utf8')) as string[];
const rowsOf = (data: string) => readFileSync(join(data, 'train.jsonl'), 'utf8').trim().split('\n').length;

describe('the demo', { timeout: 600_000 }, () => {
  it('--from graphs takes the true graphs and needs no networks', async () => {
    const { data, stderr, summaries } = await demo('--from', 'graphs', '--models', '/no/such/models.json');
    expect(summaries.map(({ phase }) => phase)).toEqual(PHASES);
    expect(summaries[0]?.figures).toMatchObject({ drawings: 40, sampled: 24 });
    const sample = sampleOf(data);
    for (const stem of sample) {
      expect(readFileSync(join(data, 'output', stem, 'topology_graph.json'))).toEqual(
        readFileSync(join(data, 'generated/graphs', stem, 'topology_graph.json')),
      );
    }
    expect(rowsOf(data)).toBeGreaterThan(10);
    expect(stderr).toMatch(/^phase5 +teacher .*train\.jsonl$/m);
    expect(stderr).not.toContain('evaluate-cv');
  });

  it.skipIf(!hasCompactModels)(
    'starts from drawings and ends with the networks against the truth',
    async () => {
      const { data, stderr, summaries } = await demo();
      expect(summaries.map(({ phase }) => phase)).toEqual([...PHASES, 'evaluate-cv']);
      expect(summaries[0]?.figures).toMatchObject({ drawings: 24, sampled: 16 });
      expect(summaries[1]?.figures).toMatchObject({ graphs: 16, failed: 0 });
      expect(readdirSync(join(data, 'output')).sort()).toEqual(sampleOf(data).toSorted());
      expect(rowsOf(data)).toBeGreaterThan(5);

      expect(stderr).toContain('the bundled compact ones are used');
      expect(stderr).toMatch(/^evaluate-cv +drawings +16 .*cv_evaluation\.html$/m);
      expect(stderr).toMatch(/^ +edges F1 +\d\.\d{3}/m);
      const { summary } = JSON.parse(readFileSync(join(data, 'cv_evaluation.json'), 'utf8')) as {
        summary: EvaluationSummary;
      };
      expect(summary.drawings).toBe(16);
      expect(summary.rooms.recall).toBeGreaterThan(0.5);
    },
  );

  it('knows no other start', async () => {
    const { code, stderr } = await cli(['demo', '--from', 'nowhere']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/from/);
  });
});
