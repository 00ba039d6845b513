import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTeacherSimulator } from '@arae/teacher-simulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { generatedGraphs } from './testing/plans.ts';
import { cli, startCli, temporaryFolder } from './testing/test-workspace.ts';
import type { CliResult } from './testing/test-workspace.ts';

/** A folder that is ready for phase 3, and phase 3a on it against the simulator. */
async function ready(
  items: number,
): Promise<{ data: string; label: (...args: string[]) => Promise<CliResult> }> {
  const data = temporaryFolder();
  await cli(['phase1', '--import', await generatedGraphs(items), '--data', data]);
  await cli(['phase2', '--data', data]);
  return { data, label: (...args) => cli(['phase3a', '--data', data, '--simulate', '--json', ...args]) };
}

function figuresOf({ stdout }: CliResult): Record<string, number> {
  return (JSON.parse(stdout) as { figures: Record<string, number> }).figures;
}

function labelsIn(data: string): Record<string, string> {
  const stems = readdirSync(join(data, 'output')).sort();
  return Object.fromEntries(
    stems.map((stem) => [stem, readFileSync(join(data, 'output', stem, 'llm_analysis_openai.json'), 'utf8')]),
  );
}

function journalOf(
  data: string,
): { type: string; text: string; usage: { inputTokens: number; outputTokens: number } }[] {
  return readFileSync(join(data, 'progress/openai_journal.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ReturnType<typeof journalOf>[number]);
}

describe('--max-cost', { timeout: 60_000 }, () => {
  it('stops with exit 3 below the cap, and goes on with a higher one without paying twice', async () => {
    const { label } = await ready(12);
    const first = await label('--max-cost', '0.2');
    expect(first.code, first.stderr).toBe(3);
    const { labelled, left, 'simulated USD': usd } = figuresOf(first);
    expect(labelled).toBeGreaterThan(0);
    expect(left).toBe(12 - (labelled as number));
    expect(usd).toBeLessThanOrEqual(0.2);
    expect(first.stderr).toMatch(/stopped at the budget: .* higher --max-cost/);

    const again = await label('--max-cost', '0.2');
    expect(again.code).toBe(3);
    expect(figuresOf(again)['from journal']).toBe(labelled);
    // Whether one more fits depends on how many were under way, at their upper bounds, when the first run stopped.
    const kept = figuresOf(again).labelled as number;
    expect(kept).toBeGreaterThanOrEqual(labelled as number);
    expect(figuresOf(again)['simulated USD']).toBeLessThanOrEqual(0.2);

    const rest = await label('--max-cost', '5');
    expect(rest.code, rest.stderr).toBe(0);
    expect(figuresOf(rest)).toMatchObject({ labelled: 12, 'from journal': kept, 'answers in all': 12 });
  });

  it.each([
    ['0', /--max-cost must be an amount of USD above 0/],
    ['five', /--max-cost must be an amount/],
  ])('refuses %s', async (value, told) => {
    const result = await cli(['phase3a', '--max-cost', value, '--data', temporaryFolder()]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(told);
  });

  it('refuses a model without a price and a teacher without a limit', async () => {
    const { data } = await ready(1);
    for (const [env, told] of [
      [{ ARAE_PIPELINE_LABELING__TEACHERS__OPENAI__MODEL: 'gpt-9' }, /no price for gpt-9: add it/],
      [{ ARAE_PIPELINE_LABELING__TEACHERS__OPENAI__MAX_OUTPUT_TOKENS: 'null' }, /has no output limit/],
    ] as const) {
      const result = await cli(['phase3a', '--data', data, '--simulate', '--max-cost', '1'], { env });
      expect(result.code).toBe(2);
      expect(result.stderr).toMatch(told);
    }
  });
});

describe('labels rebuild', { timeout: 60_000 }, () => {
  it('makes the same bytes again from the journal, rounds and reconciled fields included', async () => {
    const { data, label } = await ready(10);
    const settings = ['--verify', '2', '--reconcile'];
    const run = await cli(['phase3a', '--data', data, '--simulate', ...settings], {
      env: { ARAE_PIPELINE_SIMULATOR__MISTAKES: '0.5' },
    });
    expect(run.code, run.stderr).toBe(0);
    const before = labelsIn(data);
    const calls = readFileSync(join(data, 'progress/openai_calls.json'), 'utf8');
    const journal = readFileSync(join(data, 'progress/openai_journal.jsonl'), 'utf8');
    for (const stem of Object.keys(before)) rmSync(join(data, 'output', stem, 'llm_analysis_openai.json'));

    const rebuilt = await cli(['labels', 'rebuild', '--data', data, ...settings], {
      env: { ARAE_PIPELINE_SIMULATOR__MISTAKES: '0.5' },
    });
    expect(rebuilt.code, rebuilt.stderr).toBe(0);
    expect(labelsIn(data)).toEqual(before);
    expect(readFileSync(join(data, 'progress/openai_calls.json'), 'utf8')).toBe(calls);
    expect(readFileSync(join(data, 'progress/openai_journal.jsonl'), 'utf8')).toBe(journal);

    // Another prompt or setting has no answers here, and takes nothing away.
    const other = await cli(['labels', 'rebuild', '--data', data]);
    expect(other.stderr).toMatch(/10 drawings have no answer to their present prompt and settings/);
    expect(labelsIn(data)).toEqual(before);
    expect((await label('--verify', '0')).code).toBe(0);
  });

  it('says when there is nothing to make labels of', async () => {
    const { data } = await ready(1);
    const result = await cli(['labels', 'rebuild', '--data', data]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/has no journal of any teacher: .*run phase3 first/);
  });
});

describe('--verify and --reconcile', { timeout: 60_000 }, () => {
  it('send wrong labels back, keep the better round, and count both', async () => {
    const { data, label } = await ready(20);
    const result = await label('--mistakes', '0.6', '--verify', '2');
    expect(result.code, result.stderr).toBe(0);
    const figures = figuresOf(result);
    expect(figures['contradictions at first']).toBeGreaterThan(0);
    expect(figures['contradictions']).toBeLessThan(figures['contradictions at first'] as number);
    expect(figures['answers in all']).toBe(journalOf(data).filter(({ type }) => type === 'answer').length);
    expect(figures['answers in all']).toBeGreaterThan(20);
    const calls = JSON.parse(readFileSync(join(data, 'progress/openai_calls.json'), 'utf8')) as {
      items: Record<string, { rounds: { contradictions: number }[]; chosenRound: number }>;
    };
    for (const { rounds, chosenRound } of Object.values(calls.items)) {
      const counts = rounds.map(({ contradictions }) => contradictions);
      expect(counts[chosenRound]).toBe(Math.min(...counts));
    }
  });

  it('take what the graph decides from the graph, and say which fields', async () => {
    const { data } = await ready(20);
    const gemini = await cli([
      'phase3b',
      '--data',
      data,
      '--simulate',
      '--json',
      '--mistakes',
      '1',
      '--reconcile',
    ]);
    expect(gemini.code, gemini.stderr).toBe(0);
    expect(figuresOf(gemini)['fields from the graph']).toBeGreaterThan(0);
    for (const stem of readdirSync(join(data, 'output'))) {
      const file = (name: string) =>
        JSON.parse(readFileSync(join(data, 'output', stem, name), 'utf8')) as Record<string, unknown>;
      const { statistics } = file('topology_graph.json') as {
        statistics: { bay_count: number; room_count: number };
      };
      expect(file('llm_analysis_gemini.json')).toMatchObject({
        bay_count: statistics.bay_count,
        room_count: statistics.room_count,
      });
    }
  });
});

describe('a third teacher', { timeout: 60_000 }, () => {
  it('comes by configuration alone, and is compared with the others', async () => {
    const { data } = await ready(12);
    const config = join(data, 'config.json');
    const local = {
      provider: 'openai-compatible',
      model: 'gpt-4o-mini',
      baseURL: 'http://127.0.0.1:9/v1',
      isPaid: false,
    };
    writeFileSync(
      config,
      JSON.stringify({
        labeling: { teachers: { local } },
        comparison: { teachers: ['openai', 'gemini', 'local'], sampleSize: 12 },
      }),
    );
    const shared = ['--data', data, '--config', config, '--simulate'];
    for (const name of ['openai', 'gemini', 'local']) {
      const result = await cli(['phase3', '--teacher', name, ...shared]);
      expect(result.code, result.stderr).toBe(0);
    }
    const compared = await cli(['phase4', '--data', data, '--config', config]);
    expect(compared.code, compared.stderr).toBe(0);
    const report = JSON.parse(readFileSync(join(data, 'quality_report.json'), 'utf8')) as {
      teachers: Record<string, unknown>;
    };
    expect(JSON.stringify(report.teachers)).toContain('local');
  });
});

describe('--mode batch', { timeout: 60_000 }, () => {
  it('labels at half the price, goes on with the batches of a killed run, and rebuilds from the journal', async () => {
    const { data, label } = await ready(8);
    const simulator = await startTeacherSimulator({
      seed: 1,
      mistakes: 0,
      faults: { batch: { pendingMs: 2500 } },
    });
    onTestFinished(() => simulator.close());
    const env = {
      OPENAI_API_KEY: 'sk-marked-key',
      OPENAI_BASE_URL: simulator.openAiBaseUrl,
      ARAE_PIPELINE_LABELING__BATCH_POLL_MS: '100',
    };
    const args = ['phase3a', '--mode', 'batch', '--max-cost', '5', '--data', data];
    const child = startCli(args, { env });
    const ended = once(child, 'exit');
    const journal = join(data, 'progress/openai_journal.jsonl');
    while (!existsSync(journal) || !readFileSync(journal, 'utf8').includes('"submitted"')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGKILL');
    await ended;

    // Live mode, too, fetches what was sent before it asks.
    const result = await cli(['phase3a', '--max-cost', '5', '--json', '--data', data], { env });
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toContain('1 batches of an earlier run are fetched first');
    expect(simulator.requests()).toHaveLength(8);
    const answers = journalOf(data).filter(({ type }) => type === 'answer');
    expect(answers).toHaveLength(8);
    const cost = figuresOf(result)['cost USD'] as number;
    const live = answers.reduce(
      (sum, { usage }) => sum + (usage.inputTokens * 2.5 + usage.outputTokens * 10) / 1e6,
      0,
    );
    expect(cost).toBeCloseTo(live / 2, 3);
    const before = labelsIn(data);
    expect((await cli(['labels', 'rebuild', '--data', data], { env })).code).toBe(0);
    expect(labelsIn(data)).toEqual(before);
    expect((await label()).stderr).toContain('holds 8 real answers');
    for (const name of readdirSync(data, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toContain('sk-marked-key');
    }
    expect(result.stderr).not.toContain('sk-marked-key');
  });

  it('tells what goes on at the provider, and cancels it on request', async () => {
    const { data } = await ready(4);
    const simulator = await startTeacherSimulator({ seed: 1, faults: { batch: { stuck: 1 } } });
    onTestFinished(() => simulator.close());
    const env = { OPENAI_API_KEY: 'any', OPENAI_BASE_URL: simulator.openAiBaseUrl };
    const child = startCli(['phase3a', '--mode', 'batch', '--data', data], { env });
    const ended = once(child, 'exit');
    const journal = join(data, 'progress/openai_journal.jsonl');
    while (!existsSync(journal) || !readFileSync(journal, 'utf8').includes('"submitted"')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    let told = '';
    child.stderr?.on('data', (text: Buffer) => (told += text.toString()));
    child.kill('SIGINT');
    await ended;
    expect(told).toContain('1 batches go on at the provider');
    const cancelled = await cli(['labels', 'cancel', '--teacher', 'openai', '--data', data], { env });
    expect(cancelled.code, cancelled.stderr).toBe(0);
    expect(cancelled.stderr).toMatch(/is being cancelled/);
    const live = await cli(['phase3a', '--data', data, '--json'], { env });
    expect(figuresOf(live)).toMatchObject({ labelled: 4 });
    expect(simulator.requests()).toHaveLength(4);
  });
});
