import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from './config/load-config.ts';
import { phaseFingerprint } from './nx/phase-fingerprint.ts';
import { generatedGraphs } from './testing/plans.ts';
import { cli, temporaryFolder } from './testing/test-workspace.ts';

interface Report {
  distinct_queries: number;
  similarity_per_rank: { min: number; median: number; max: number }[];
  examples: { query: string; found: unknown[] }[];
}

const zeros = (count: number) => new Array<number>(count).fill(0);

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

  it.each([
    ['no chunks', { chunks: [] }, 'holds no chunks'],
    [
      'an empty chunk',
      { chunks: [{ content: '창' }, { chunk_id: 'c7', content: ' ' }] },
      'chunk 1 (c7) has no text',
    ],
    ['no document', { criteria: 1 }, 'nor a list of chunks'],
  ])('refuses criteria with %s, and writes nothing', async (_, document, message) => {
    const data = await importedGraphs();
    const file = join(data, 'criteria.json');
    writeFileSync(file, JSON.stringify(document));
    const { code, stderr } = await cli(['phase2', '--data', data], {
      env: { ARAE_PIPELINE_RAG__DOCUMENT_PATH: file },
    });
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}: `);
    expect(stderr).toContain(message);
    expect(existsSync(join(data, 'embedding_cache.npy'))).toBe(false);
    expect(contextsIn(data)).toEqual([]);
  });

  it('lists a graph without statistics by name and goes on with the others', async () => {
    const data = await importedGraphs();
    const [stem = ''] = readdirSync(join(data, 'output'));
    const file = join(data, 'output', stem, 'topology_graph.json');
    const { statistics, ...graph } = JSON.parse(readFileSync(file, 'utf8')) as { statistics: unknown };
    expect(statistics).toBeDefined();
    writeFileSync(file, JSON.stringify(graph));
    const { code, stdout, stderr } = await cli(['phase2', '--data', data]);
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/1 failed/);
    const { failed } = JSON.parse(readFileSync(join(data, 'progress', 'rag_progress.json'), 'utf8')) as {
      failed: { id: string; reason: string }[];
    };
    expect(failed).toMatchObject([{ id: stem, reason: expect.stringContaining('statistics') as string }]);
    expect(contextsIn(data)).toHaveLength(3);
    expect(existsSync(join(data, 'output', stem, 'rag_context.json'))).toBe(false);
  });

  it.each([
    [
      'a number that is none',
      (count: number) => Array.from({ length: count }, () => [1, null, ...zeros(30)]),
      'null at place 1',
    ],
    ['fewer vectors', () => [[1, ...zeros(31)]], '1 vectors for'],
    [
      'other dimensions',
      (count: number) => Array.from({ length: count }, () => [1, ...zeros(32)]),
      '33 dimensions instead of 32',
    ],
  ])('names the text when a server gives %s, and no file gets any of it', async (_, vectors, message) => {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        const { input } = JSON.parse(body) as { input: string[] };
        const data = vectors(input.length).map((embedding, index) => ({ index, embedding }));
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const data = await importedGraphs();
    const config = join(data, 'config.json');
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const rag = { engine: 'openai-compatible', baseURL, model: 'm', dimensions: 32 };
    writeFileSync(config, JSON.stringify({ rag }));
    const { code, stderr } = await cli(['phase2', '--data', data, '--config', config]);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(existsSync(join(data, 'embedding_cache.npy'))).toBe(false);
    expect(contextsIn(data)).toEqual([]);
  });

  it('says that the folder of a model is not there, through Nx too', async () => {
    const modelDir = join(temporaryFolder(), 'missing');
    const { code, stderr } = await cli(['search', '창', '--model-dir', modelDir]);
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toContain(modelDir);
    const env = { ARAE_PIPELINE_RAG__ENGINE: 'qwen3', ARAE_PIPELINE_RAG__MODEL_DIR: modelDir };
    const config = await loadConfig({ env, flags: {} });
    await expect(phaseFingerprint('phase2', config, {})).rejects.toThrow('check rag.modelDir');
  });
});

async function importedGraphs(): Promise<string> {
  const data = temporaryFolder();
  expect((await cli(['phase1', '--import', await generatedGraphs(4), '--data', data])).code).toBe(0);
  return data;
}

const contextsIn = (data: string): string[] =>
  readdirSync(join(data, 'output'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('rag_context.json'),
  );
