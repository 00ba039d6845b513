import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_PROMPT_PACK } from '@arae/floorplan';
import { startTeacherSimulator } from '@arae/teacher-simulator';
import type { TeacherSimulator, TeacherSimulatorOptions } from '@arae/teacher-simulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { generatedGraphs } from './testing/plans.ts';
import { cli, temporaryFolder } from './testing/test-workspace.ts';
import type { CliResult } from './testing/test-workspace.ts';

interface Setting {
  data: string;
  simulator: TeacherSimulator;
  label: (args?: string[], env?: Record<string, string>) => Promise<CliResult>;
}

/** Graphs with context, and a teacher that is reached like a real one: by key and base URL. */
async function ready(items: number, options: TeacherSimulatorOptions = {}): Promise<Setting> {
  const data = temporaryFolder();
  await cli(['phase1', '--import', await generatedGraphs(items), '--data', data]);
  await cli(['phase2', '--data', data]);
  const simulator = await startTeacherSimulator({ seed: 1, mistakes: 0, ...options });
  onTestFinished(() => simulator.close());
  return {
    data,
    simulator,
    label: (args = [], env = {}) =>
      cli(['phase3a', '--data', data, ...args], {
        env: {
          OPENAI_API_KEY: 'sk-marked-key',
          OPENAI_BASE_URL: simulator.openAiBaseUrl,
          ARAE_PIPELINE_LABELING__RETRY__FAULT_DELAYS_MS: '[1,2,4]',
          ...env,
        },
      }),
  };
}

function progressOf(data: string): {
  completed: string[];
  failed: { id: string; reason: string; attempts: number }[];
} {
  return JSON.parse(readFileSync(join(data, 'progress/openai_progress.json'), 'utf8')) as ReturnType<
    typeof progressOf
  >;
}

describe('phase 3 against a paid teacher', { timeout: 60_000 }, () => {
  it('shows the bill first, warns of the end of the model, and writes no key anywhere', async () => {
    const { data, label } = await ready(4);
    const result = await label();
    expect(result.code, result.stderr).toBe(0);
    const [warning, bill] = result.stderr.split('\n');
    expect(warning).toContain('gpt-4o will be shut down on 2027-01-14');
    expect(bill).toMatch(/^openai: 4 to ask \(0 answered already\), model gpt-4o: about USD 0\.\d\d/);
    for (const name of readdirSync(data, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toContain('sk-marked-key');
    }
  });

  it.each([
    ['a wrong key', { OPENAI_API_KEY: 'wrong' }, /the key was refused \(401\): check OPENAI_API_KEY/],
    ['an account without credit', { OPENAI_API_KEY: 'no-quota' }, /no credit/],
    [
      'an unknown model',
      { ARAE_PIPELINE_LABELING__TEACHERS__OPENAI__MODEL: 'gpt-9' },
      /has no model "gpt-9": choose one of .*gpt-4o/,
    ],
    [
      'a parameter that the model refuses',
      { ARAE_PIPELINE_LABELING__TEACHERS__OPENAI__MODEL: 'gpt-6-luna' },
      /temperature.*set it to null/,
    ],
  ])('stops at once with one line for %s', async (_name, env, told) => {
    const { simulator, label } = await ready(12);
    const result = await label([], env);
    expect(result.code).toBe(2);
    expect(result.stderr.trimEnd().split('\n').at(-1)).toMatch(told);
    // Only what was in flight together may have been tried.
    expect(simulator.requests().length).toBeLessThanOrEqual(5);
  });

  it('leaves out a parameter that is set to null', async () => {
    const { label } = await ready(2);
    const env = {
      ARAE_PIPELINE_LABELING__TEACHERS__OPENAI__MODEL: 'gpt-6-luna',
      ARAE_PIPELINE_LABELING__TEACHERS__OPENAI__TEMPERATURE: 'null',
    };
    expect((await label([], env)).code).toBe(0);
  });

  it('records what is given up, exits 1, and asks it again only with --retry-failed', async () => {
    const { data, simulator, label } = await ready(5);
    const [first] = readdirSync(join(data, 'output')).sort();
    const broken = await startTeacherSimulator({ seed: 1, mistakes: 0, faults: { failAlways: [first!] } });
    onTestFinished(() => broken.close());
    const failing = await label([], { OPENAI_BASE_URL: broken.openAiBaseUrl });
    expect(failing.code).toBe(1);
    expect(progressOf(data)).toMatchObject({ failed: [{ id: first, attempts: 4 }] });
    expect(progressOf(data).failed[0]?.reason).toContain('500');
    expect(progressOf(data).completed).toHaveLength(4);
    expect(existsSync(join(data, 'output', first!, 'llm_analysis_openai.json'))).toBe(false);

    const askedBefore = broken.requests().length;
    expect((await label([], { OPENAI_BASE_URL: broken.openAiBaseUrl })).code).toBe(1);
    expect(broken.requests().length).toBe(askedBefore);
    await label(['--retry-failed'], { OPENAI_BASE_URL: broken.openAiBaseUrl });
    expect(broken.requests().length).toBe(askedBefore + 4);
    expect(simulator.requests()).toHaveLength(0);
  });

  it('keeps the raw text of answers that were never good', async () => {
    const { data, simulator, label } = await ready(3, { faults: { notJson: 1, maxFaultsPerRequest: null } });
    expect((await label()).code).toBe(1);
    expect(simulator.requests()).toHaveLength(6);
    const answers = readFileSync(join(data, 'progress/openai_journal.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; text: string; usage: { inputTokens: number } })
      .filter(({ type }) => type === 'answer');
    expect(answers).toHaveLength(6);
    for (const { text, usage } of answers) {
      expect(text.length).toBeGreaterThan(0);
      expect(usage.inputTokens).toBeGreaterThan(0);
    }
    expect(progressOf(data).failed).toHaveLength(3);
  });

  it('asks again after a changed prompt, and never pays twice for the old one', async () => {
    const { data, simulator, label } = await ready(3);
    await label();
    const pack = join(data, 'pack');
    cpSync(DEFAULT_PROMPT_PACK, pack, { recursive: true });
    writeFileSync(join(pack, 'system.md'), '다른 지시문');
    await label([], { ARAE_PIPELINE_PROMPT__PACK_DIR: pack });
    expect(simulator.requests()).toHaveLength(6);
    await label([]);
    expect(simulator.requests()).toHaveLength(6);
  });

  it('keeps labels of another prompt out of the data set, and says so', async () => {
    const { data, label } = await ready(5);
    await label();
    writeFileSync(join(data, 'selected_model.txt'), 'openai');
    const pack = join(data, 'pack');
    cpSync(DEFAULT_PROMPT_PACK, pack, { recursive: true });
    writeFileSync(join(pack, 'system.md'), '다른 지시문');
    const env = { ARAE_PIPELINE_PROMPT__PACK_DIR: pack };
    const none = await cli(['phase5', '--data', data], { env });
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('was made for another prompt: run phase3 again');
    await label(['--limit', '2'], env);
    const some = await cli(['phase5', '--data', data], { env });
    expect(some.code).toBe(0);
    const { rows, dropped } = JSON.parse(readFileSync(join(data, 'stats_report.json'), 'utf8')) as {
      rows: number;
      dropped: { reason: string }[];
    };
    expect([rows, dropped.length]).toEqual([2, 3]);
    expect(readFileSync(join(data, 'dataset_card.md'), 'utf8')).toContain('rows by model: gpt-4o');
  });

  it('keeps simulated and real labels apart, and says which they are', async () => {
    const { data, label } = await ready(5);
    const labels = () =>
      readdirSync(join(data, 'output')).filter((stem) =>
        existsSync(join(data, 'output', stem, 'llm_analysis_openai.json')),
      );
    await cli(['phase3a', '--simulate', '--data', data]);
    writeFileSync(join(data, 'selected_model.txt'), 'openai');
    expect((await cli(['phase5', '--data', data])).code).toBe(0);
    expect(readFileSync(join(data, 'dataset_card.md'), 'utf8')).toMatch(/gpt-4o\S* \(simulated\) 5/);
    expect((await cli(['status', '--data', data])).stdout).toContain('(simulated)');
    // A real run, even of one item, leaves no simulated label standing in for a real one.
    await label(['--limit', '1']);
    expect(labels()).toHaveLength(1);
    expect(progressOf(data).completed).toHaveLength(1);
    expect((await cli(['phase5', '--data', data])).code).toBe(0);
    expect(readFileSync(join(data, 'dataset_card.md'), 'utf8')).not.toContain('simulated');
    // And a simulated one never replaces what was paid for.
    const refused = await cli(['phase3a', '--simulate', '--data', data]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('holds 1 real answers of openai');
    expect(labels()).toHaveLength(1);
  });

  it('rebuilds labels from the journal without a key', async () => {
    const { data, simulator, label } = await ready(3);
    await label();
    for (const name of readdirSync(join(data, 'output')))
      rmSync(join(data, 'output', name, 'llm_analysis_openai.json'));
    expect((await label([], { OPENAI_API_KEY: '' })).code).toBe(0);
    expect(progressOf(data).completed).toHaveLength(3);
    expect(existsSync(join(data, 'output', progressOf(data).completed[0]!, 'llm_analysis_openai.json'))).toBe(
      true,
    );
    expect(simulator.requests()).toHaveLength(3);
  });

  it('ends alike when a run with injected faults is interrupted and started again', async () => {
    const { data } = await ready(6);
    const faults = join(data, 'faults.json');
    writeFileSync(faults, JSON.stringify({ truncatedJson: 0.5, maxFaultsPerRequest: 1 }));
    const run = (to: string) => cli(['phase3a', '--simulate', '--faults', faults, '--data', to, '--json']);
    const copy = join(temporaryFolder(), 'copy');
    cpSync(data, copy, { recursive: true });
    expect((await run(copy)).code).toBe(0);
    // As if the run had been killed after its first answers.
    expect((await run(data)).code).toBe(0);
    const journal = join(data, 'progress/openai_journal.jsonl');
    const first = readFileSync(journal, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"attempt":1,'));
    writeFileSync(journal, `${first.join('\n')}\n`);
    const log = join(data, 'progress/openai_simulator.jsonl');
    const asked = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"attempt":1,'));
    writeFileSync(log, `${asked.join('\n')}\n`);
    const resumed = await run(data);
    expect((JSON.parse(resumed.stdout) as { figures: object }).figures).toMatchObject({
      labelled: 6,
      failed: 0,
    });
  });

  it('--limit labels the first of the sample and forgets nothing of a larger run', async () => {
    const { data, simulator, label } = await ready(6);
    await label(['--limit', '2']);
    expect(simulator.requests()).toHaveLength(2);
    await label();
    expect(simulator.requests()).toHaveLength(6);
    await label(['--limit', '1']);
    expect(progressOf(data).completed).toHaveLength(6);
    const calls = JSON.parse(readFileSync(join(data, 'progress/openai_calls.json'), 'utf8')) as {
      items: object;
    };
    expect(Object.keys(calls.items)).toHaveLength(6);
  });

  it('--pilot labels a few, tells the projected cost, and without a terminal stops there', async () => {
    const { simulator, label } = await ready(8);
    const result = await label(['--pilot', '3']);
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(
      /pilot: 3 of 3 labelled, 0 contradictions; USD 0\.\d+ per label, about USD 0\.\d+ for the other 5/,
    );
    expect(simulator.requests()).toHaveLength(3);
  });

  it('never takes a simulated answer for a real one', async () => {
    const { data, simulator, label } = await ready(3);
    await cli(['phase3a', '--simulate', '--data', data]);
    await label();
    expect(simulator.requests()).toHaveLength(3);
  });

  it('leaves an unreadable item alone and labels the others', async () => {
    const { data, label } = await ready(3);
    const [first] = readdirSync(join(data, 'output')).sort();
    writeFileSync(join(data, 'output', first!, 'rag_context.json'), '{"query": 1}');
    expect((await label()).code).toBe(1);
    expect(progressOf(data)).toMatchObject({ failed: [{ id: first }] });
    expect(progressOf(data).completed).toHaveLength(2);
  });
});
