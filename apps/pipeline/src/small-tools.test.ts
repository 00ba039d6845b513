import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedGraphs } from './testing/plans.ts';
import { cli, temporaryFolder } from './testing/test-workspace.ts';

describe('the small tools', { timeout: 60_000 }, () => {
  it('check prints the contradictions of one analysis', async () => {
    const graphs = await generatedGraphs(1);
    const data = temporaryFolder();
    await cli(['phase1', '--import', graphs, '--data', data]);
    await cli(['phase2', '--data', data]);
    await cli(['phase3', '--teacher', 'rule-based', '--data', data]);
    const [stem] = readdirSync(join(data, 'output'));
    const item = join(data, 'output', stem!);
    const label = join(item, 'llm_analysis_rule-based.json');
    const check = () => cli(['check', '--topology', join(item, 'topology_graph.json'), '--analysis', label]);
    expect(JSON.parse((await check()).stdout)).toEqual([]);
    const analysis = JSON.parse(readFileSync(label, 'utf8')) as { bay_count: number };
    const fact = analysis.bay_count;
    writeFileSync(label, JSON.stringify({ ...analysis, bay_count: fact + 1 }));
    expect(JSON.parse((await check()).stdout)).toEqual([
      { path: '/bay_count', claim: fact + 1, fact, severity: 'minor' },
    ]);
  });

  it('topology turns detections into graphs; a bad file does not stop the others', async () => {
    const graphs = await generatedGraphs(2);
    const detections = join(graphs, '../detections');
    const files = readdirSync(detections).map((name) => join(detections, name));
    const broken = join(temporaryFolder(), 'broken one.json');
    writeFileSync(broken, '{"image_info": 1}');
    const out = temporaryFolder();
    const result = await cli(['topology', '--detections', files[0]!, broken, files[1]!, '--out', out]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('broken one.json');
    expect(readdirSync(out).sort()).toEqual(readdirSync(detections).sort());
    for (const name of readdirSync(out)) {
      expect(readFileSync(join(out, name), 'utf8')).toBe(
        readFileSync(join(graphs, name.replace('.json', ''), 'topology_graph.json'), 'utf8'),
      );
    }
  });

  it('audit finds the broken rows of a data set', async () => {
    const file = join(temporaryFolder(), 'rows.jsonl');
    writeFileSync(file, '{"messages":[]}\nno json\n');
    const result = await cli(['audit', file]);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ lines: 2, valid: 0, broken: 1, invalid: 1 });
    expect((await cli(['audit', '/no/such.jsonl'])).code).toBe(2);
  });

  it('estimate tells the bill and status the state, without a key', async () => {
    const graphs = await generatedGraphs(5);
    const data = temporaryFolder();
    await cli(['phase1', '--import', graphs, '--data', data]);
    await cli(['phase2', '--data', data]);
    const estimate = await cli(['estimate', '--data', data, '--json']);
    const [openai, gemini] = JSON.parse(estimate.stdout) as {
      toAsk: number;
      costUsd: number;
      inputTokens: number;
    }[];
    expect(openai).toMatchObject({ teacher: 'openai', model: 'gpt-4o', toAsk: 5, alreadyAnswered: 0 });
    expect(gemini).toMatchObject({ teacher: 'gemini', model: 'gemini-3.1-pro-preview', toAsk: 5 });
    // Real prompts take thousands of tokens; five gpt-4o answers cost cents.
    expect(openai!.inputTokens / 5).toBeGreaterThan(2000);
    expect(openai!.costUsd).toBeGreaterThan(0.1);
    expect(openai!.costUsd).toBeLessThan(0.5);
    await cli(['phase3a', '--simulate', '--limit', '2', '--data', data]);
    const status = JSON.parse((await cli(['status', '--data', data, '--json'])).stdout) as {
      phases: { phase: string; done: number; left: number }[];
    };
    expect(status.phases).toMatchObject([
      { phase: '1 graphs', done: 5, left: 0 },
      { phase: '2 context', done: 5, left: 0 },
      { phase: '3 openai', done: 2, left: 3 },
      { phase: '3 gemini', done: 0, left: 5 },
    ]);
  });

  it('works with blanks and Hangul in paths', async () => {
    const folder = join(temporaryFolder(), '평면도 데이터');
    cpSync(await generatedGraphs(3), join(folder, '그래프 폴더'), { recursive: true });
    const data = join(folder, '학습 데이터');
    expect((await cli(['phase1', '--import', join(folder, '그래프 폴더'), '--data', data])).code).toBe(0);
    expect((await cli(['phase2', '--data', data])).code).toBe(0);
  });
});
