import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedGraphs } from './testing/plans.ts';
import { cli, temporaryFolder } from './testing/test-workspace.ts';

interface Report {
  distinct_queries: number;
  similarity_per_rank: { min: number; median: number; max: number }[];
  examples: { query: string; found: unknown[] }[];
}

describe('phase 2 and search', { timeout: 60_000 }, () => {
  it('makes a damaged cache anew, reports, and finds the same as the search command', async () => {
    const data = temporaryFolder();
    expect((await cli(['phase1', '--import', await generatedGraphs(6), '--data', data])).code).toBe(0);
    expect((await cli(['phase2', '--data', data])).code).toBe(0);
    const cache = join(data, 'embedding_cache.npy');
    const whole = readFileSync(cache);
    const damaged = Buffer.from(whole);
    // One number is NaN; length and header are still right.
    damaged.fill(0xff, damaged.length - 4);
    writeFileSync(cache, damaged);
    expect((await cli(['phase2', '--data', data])).code).toBe(0);
    expect(readFileSync(cache)).toEqual(whole);

    const report = JSON.parse(readFileSync(join(data, 'context_report.json'), 'utf8')) as Report;
    expect(report.similarity_per_rank).toHaveLength(5);
    for (const { min, median, max } of report.similarity_per_rank) {
      expect(min).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(max);
    }
    expect(report.examples).toHaveLength(Math.min(5, report.distinct_queries));
    const [example] = report.examples;
    const search = await cli(['search', example!.query, '--data', data, '--json']);
    expect(JSON.parse(search.stdout)).toMatchObject(example!.found);
  });

  it('says which setting or key an engine lacks', async () => {
    const folder = temporaryFolder();
    const config = join(folder, 'config.json');
    for (const [engine, lack] of [
      ['openai-compatible', 'rag.baseURL'],
      ['runpod-serverless', 'rag.endpointId'],
    ]) {
      writeFileSync(config, JSON.stringify({ rag: { engine } }));
      const { code, stderr } = await cli(['search', '창', '--config', config]);
      expect(code).toBe(2);
      expect(stderr).toContain(lack);
    }
    expect((await cli(['search', '창', '--model-dir', folder])).code).toBe(2);
  });
});
