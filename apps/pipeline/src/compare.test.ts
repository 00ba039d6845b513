import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CORRECT,
  HALF_WRONG,
  OTHER_HALF_WRONG,
  cheap,
  reportOf,
  pageOf,
  winnerOf,
  comparing,
} from './testing/compared-teachers.ts';
import { labelledFolder } from './testing/labelled-folder.ts';
import type { MadeUpTeacher } from './testing/labelled-folder.ts';
import { cli } from './testing/test-workspace.ts';

describe('phase 4', { timeout: 60_000 }, () => {
  it('compares three teachers, the reference and the mixed set, and the cheapest that is close wins', async () => {
    const { data, stems } = await labelledFolder(20, {
      openai: HALF_WRONG,
      gemini: CORRECT,
      local: cheap(OTHER_HALF_WRONG),
    });
    const config = comparing(['openai', 'gemini', 'local']);
    const { code, stderr } = await cli(['phase4', '--data', data, '--config', config]);
    expect(code, stderr).toBe(0);
    const report = reportOf(data);
    expect(report.teachers.map(({ name, kind }) => [name, kind])).toEqual([
      ['openai', 'teacher'],
      ['gemini', 'teacher'],
      ['local', 'teacher'],
      ['mixed', 'mixed'],
      ['rule-based', 'reference'],
    ]);
    // The eight metrics know nothing of windows, so the price decides.
    expect(winnerOf(data)).toBe('local');
    expect(report.reasons.at(-1)).toBe('local is the cheapest of them: USD 0.001000 per label.');
    expect(report.reasons_ko).toHaveLength(report.reasons.length);
    for (const { total, total_interval: interval } of report.teachers) {
      expect(interval.mean).toBeCloseTo(total, 12);
      expect(interval.low).toBeLessThanOrEqual(total);
      expect(interval.high).toBeGreaterThanOrEqual(total);
    }
    expect(report.differences).toHaveLength(10);
    const severe = Object.fromEntries(
      report.teachers.map(({ name, contradictions }) => [name, contradictions.severe]),
    );
    expect(severe).toMatchObject({ gemini: 0, mixed: 0, 'rule-based': 0 });
    expect(severe['openai']).toBeGreaterThanOrEqual(10);
    const windows = report.pass_fail.find(
      ({ first, second, metric }) =>
        first === 'openai' && second === 'gemini' && metric === 'no_severe_contradiction',
    );
    expect(windows).toMatchObject({ only_first: 0, only_second: 10 });
    expect(windows?.p_value).toBeCloseTo(2 / 1024, 12);
    expect(report.worst_contradictions[0]?.severity).toBe('severe');
    expect(stems).toContain(report.worst_contradictions[0]?.stem);
  });

  it('lets grounding decide with --weights grounded', async () => {
    const { data } = await labelledFolder(20, { openai: cheap(HALF_WRONG), gemini: CORRECT });
    await cli(['phase4', '--data', data]);
    expect(winnerOf(data)).toBe('openai');
    const { code } = await cli(['phase4', '--data', data, '--weights', 'grounded']);
    expect(code).toBe(0);
    expect(winnerOf(data)).toBe('gemini');
    expect(reportOf(data).rule.weights).toBe('grounded');
  });

  it('counts failures, retries and repairs apart', async () => {
    const { data } = await labelledFolder(20, {
      openai: {
        label: (analysis, _view, index) => (index === 3 ? null : analysis),
        call: (index) =>
          index < 2
            ? { isFirstTry: false, answers: 2 }
            : index === 2
              ? { isFirstTry: false, isRepaired: true, isJson: false }
              : {},
      },
      gemini: { ...CORRECT, call: null },
    });
    await cli(['phase4', '--data', data]);
    const [openai, gemini] = reportOf(data).teachers;
    expect(openai?.by_origin.map(({ origin, labels }) => [origin, labels])).toEqual([
      ['first_try', 16],
      ['retried', 2],
      ['repaired', 1],
      ['failed', 1],
    ]);
    expect(openai?.metrics['schema_compliance']).toBeCloseTo(18 / 20, 12);
    expect(openai?.metrics['json_validity']).toBeCloseTo(18 / 20, 12);
    expect(openai?.first_try_rate).toBeCloseTo(16 / 20, 12);
    // 20 paid items make 19 labels.
    expect(openai?.cost_per_label_usd).toBeCloseTo(0.2 / 19, 12);
    expect(gemini).toMatchObject({ first_try_rate: null, cost_per_label_usd: null });
    // One below 95 % is out, so the other wins, whatever its price.
    expect(winnerOf(data)).toBe('gemini');
  });

  it('ends with 1 when nobody is good enough, and an earlier choice does not stand', async () => {
    const failing: MadeUpTeacher = { label: (analysis, _view, index) => (index % 3 === 0 ? null : analysis) };
    const { data } = await labelledFolder(10, { openai: failing, gemini: failing });
    writeFileSync(join(data, 'selected_model.txt'), 'openai');
    const { code, stderr } = await cli(['phase4', '--data', data]);
    expect(code).toBe(1);
    expect(stderr).toContain('No teacher is left to win.');
    expect(existsSync(join(data, 'selected_model.txt'))).toBe(false);
    expect(pageOf(data)).toContain('No winner');
    // A person may still choose, and is told.
    const named = await cli(['phase4', '--data', data, '--winner', 'gemini', '--reason', 'a pilot']);
    expect(named.code).toBe(0);
    expect(named.stderr).toContain('under the schema compliance');
  });

  it.each([
    [['--winner', 'gemini'], /say why with --reason/],
    [['--winner', 'gemini', '--reason', ' '], /say why with --reason/],
    [['--reason', 'so'], /add --winner/],
    [['--winner', 'claude', '--reason', 'so'], /choose one of openai, gemini, mixed/],
    [['--winner', 'rule-based', '--reason', 'so'], /choose one of openai, gemini, mixed/],
    [['--weights', 'other'], /weights/],
  ])('refuses %j', async (flags, message) => {
    const { data } = await labelledFolder(2, { openai: CORRECT, gemini: CORRECT });
    const { code, stderr } = await cli(['phase4', '--data', data, ...flags]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(existsSync(join(data, 'quality_report.json'))).toBe(false);
  });

  it('refuses a teacher called mixed, and one named twice', async () => {
    const { data } = await labelledFolder(2, { openai: CORRECT, gemini: CORRECT });
    for (const [teachers, message] of [
      [['openai', 'mixed'], /call the teacher something else/],
      [['openai', 'openai'], /names a teacher twice/],
    ] as const) {
      const { code, stderr } = await cli(['phase4', '--data', data, '--config', comparing(teachers)]);
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    }
  });
});

describe('a winner that a person names', { timeout: 60_000 }, () => {
  it('is recorded with its reason, beside the winner by the rule', async () => {
    const { data } = await labelledFolder(6, { openai: cheap(CORRECT), gemini: CORRECT });
    const { code, stderr } = await cli([
      'phase4',
      '--data',
      data,
      '--winner',
      'gemini',
      '--reason',
      '문체 <b>',
    ]);
    expect(code, stderr).toBe(0);
    expect(winnerOf(data)).toBe('gemini');
    expect(reportOf(data)).toMatchObject({
      winner: 'gemini',
      winner_by_rule: 'openai',
      override: { name: 'gemini', reason: '문체 <b>' },
    });
    expect(pageOf(data)).toContain('문체 &lt;b&gt;');
    expect(pageOf(data)).not.toContain('<b>');
  });

  it('mixed: takes per drawing the label with fewer severe contradictions, and phase 5 builds on it', async () => {
    const { data, stems } = await labelledFolder(8, {
      openai: { ...HALF_WRONG, call: null },
      gemini: { ...OTHER_HALF_WRONG, call: null },
    });
    const { code, stderr } = await cli([
      'phase4',
      '--data',
      data,
      '--winner',
      'mixed',
      '--reason',
      'best of both',
    ]);
    expect(code, stderr).toBe(0);
    for (const [index, stem] of stems.entries()) {
      const label = (name: string) =>
        JSON.parse(readFileSync(join(data, 'output', stem, `llm_analysis_${name}.json`), 'utf8')) as object;
      expect(label('mixed')).toEqual(label(index % 2 === 0 ? 'gemini' : 'openai'));
    }
    expect(reportOf(data).mixed_from).toEqual({ openai: 4, gemini: 4 });
    const phase5 = await cli(['phase5', '--data', data]);
    expect(phase5.code, phase5.stderr).toBe(0);
    expect(readFileSync(join(data, 'train.jsonl'), 'utf8').trim().split('\n')).toHaveLength(7);

    // Another winner takes the mixed set away, which would be out of date after the next labels.
    await cli(['phase4', '--data', data]);
    expect(readdirSync(join(data, 'output', stems[0]!))).not.toContain('llm_analysis_mixed.json');
    expect(readdirSync(join(data, 'progress'))).not.toContain('mixed_calls.json');
  });

  it('mixed: books what all labels cost', async () => {
    const { data, stems } = await labelledFolder(4, { openai: cheap(HALF_WRONG), gemini: OTHER_HALF_WRONG });
    await cli(['phase4', '--data', data, '--winner', 'mixed', '--reason', 'so']);
    const calls = JSON.parse(readFileSync(join(data, 'progress/mixed_calls.json'), 'utf8')) as {
      items: Record<string, { costUsd: number; model: string }>;
    };
    expect(calls.items[stems[0]!]?.model).toBe('gemini-model');
    for (const { costUsd } of Object.values(calls.items)) expect(costUsd).toBeCloseTo(0.011, 12);
    const mixed = reportOf(data).teachers.find(({ name }) => name === 'mixed');
    expect(mixed?.cost_per_label_usd).toBeCloseTo(0.011, 12);
  });
});
