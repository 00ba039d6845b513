import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CORRECT, HALF_WRONG, reportOf, pageOf, winnerOf, comparing } from './testing/compared-teachers.ts';
import { labelledFolder, reviewOf } from './testing/labelled-folder.ts';
import { cli } from './testing/test-workspace.ts';

describe('--preferences', { timeout: 60_000 }, () => {
  it('writes the better and the worse label of a drawing with the messages of a training row', async () => {
    const { data, stems } = await labelledFolder(6, {
      openai: { ...HALF_WRONG, call: null },
      gemini: { ...CORRECT, call: null },
    });
    const run = await cli(['phase4', '--data', data, '--preferences', '--json']);
    expect(run.code, run.stderr).toBe(0);
    const rows = readFileSync(join(data, 'preferences.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as Record<'prompt' | 'chosen' | 'rejected', { role: string; content: string }[]>,
      );
    expect(rows).toHaveLength(3);
    const [first] = rows;
    expect(first?.prompt.map(({ role }) => role)).toEqual(['system', 'user']);
    expect([first?.chosen[0]?.role, first?.rejected[0]?.role]).toEqual(['assistant', 'assistant']);
    const label = (name: string) =>
      readFileSync(join(data, 'output', stems[0]!, `llm_analysis_${name}.json`), 'utf8');
    expect(first?.chosen[0]?.content).toBe(label('gemini'));
    expect(first?.rejected[0]?.content).toBe(label('openai'));
    const prompt = await cli([
      'prompt',
      ...['--topology', join(data, 'output', stems[0]!, 'topology_graph.json')],
      ...['--rag', join(data, 'output', stems[0]!, 'rag_context.json')],
    ]);
    expect(JSON.parse(prompt.stdout)).toEqual(first?.prompt);
    expect(JSON.parse(run.stdout)).toMatchObject({
      figures: { 'preference pairs': 3, 'drawings with labels alike': 3, 'drawings without two labels': 0 },
    });
  });

  it('leaves out labels that were made for another prompt, and says so', async () => {
    const { data } = await labelledFolder(4, { openai: HALF_WRONG, gemini: CORRECT });
    const { stderr } = await cli(['phase4', '--data', data, '--preferences']);
    expect(stderr).toContain('8 labels were made for another prompt');
    expect(readFileSync(join(data, 'preferences.jsonl'), 'utf8')).toBe('');
  });
});

describe('manual reviews', { timeout: 60_000 }, () => {
  it('are taken in: the last word counts, changed labels and damaged lines do not', async () => {
    const { data, stems } = await labelledFolder(8, { openai: HALF_WRONG, gemini: CORRECT });
    const sides = ['openai', 'gemini'] as const;
    const turned = ['gemini', 'openai'] as const;
    const lines = [
      reviewOf(data, stems[0]!, sides, 'left'),
      reviewOf(data, stems[0]!, sides, 'right'),
      reviewOf(data, stems[0]!, turned, 'left', { repeat: 1 }),
      reviewOf(data, stems[2]!, turned, 'left', { reviewer: '<script>alert(1)</script>' }),
      reviewOf(data, stems[4]!, sides, 'left'),
      reviewOf(data, stems[5]!, sides, 'right', { left_sha256: '0'.repeat(64) }),
      reviewOf(data, stems[6]!, sides, 'right', { stem: '../../etc/passwd' }),
      reviewOf(data, stems[6]!, sides, 'right', { left: 'claude' }),
    ].map((review) => JSON.stringify(review));
    const file = join(data, 'manual_reviews.jsonl');
    const content = `${lines.join('\n')}\n{"stem":"x"}\n{"torn`;
    writeFileSync(file, content);
    const { code, stderr } = await cli(['phase4', '--data', data]);
    expect(code, stderr).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(content);
    const { manual_reviews: reviews } = reportOf(data);
    expect(reviews).toMatchObject({ counted: 4, stale: 1, foreign: 2 });
    expect(reviews.damaged).toHaveLength(2);
    expect(reviews.pairs).toMatchObject([
      {
        first: 'gemini',
        second: 'openai',
        items: 3,
        first_wins: 2,
        second_wins: 1,
        agreement_with_grounding: { count: 2, of: 3 },
      },
    ]);
    expect(reviews.reviewers.find(({ reviewer }) => reviewer === 'kim')?.self_agreement).toMatchObject({
      count: 1,
      of: 1,
    });
    expect(stderr).toContain('2 lines of manual_reviews.jsonl cannot be read (line 9');
    expect(stderr).toContain('1 manual reviews are of labels that have changed');
    expect(pageOf(data)).not.toContain('<script>alert');
    expect(pageOf(data)).toContain('&lt;script&gt;alert(1)');
  });
});

describe('doubts', { timeout: 60_000 }, () => {
  it('are told: a sample that is too small, people who prefer another', async () => {
    // One of ten labels fails: 0.1 behind on average, and no telling whether it is more than 0.05.
    const { data, stems } = await labelledFolder(10, {
      openai: { label: (analysis, _view, index) => (index === 1 ? null : analysis), call: null },
      gemini: { ...CORRECT, call: null },
    });
    const config = comparing(['openai', 'gemini']);
    const lines = stems
      .filter((_, index) => index !== 1)
      .map((stem) => JSON.stringify(reviewOf(data, stem, ['openai', 'gemini'], 'left')));
    writeFileSync(join(data, 'manual_reviews.jsonl'), `${lines.join('\n')}\n`);
    const { code, stderr } = await cli(['phase4', '--data', data, '--config', config]);
    expect(code, stderr).toBe(0);
    expect(winnerOf(data)).toBe('gemini');
    expect(stderr).toMatch(/whether openai and gemini lie within .*about \d+ further drawings would tell/);
    expect(stderr).toContain('people prefer openai in 9 of 9 drawings');
    expect(pageOf(data)).toContain('People prefer openai (9 of 9 drawings)');
  });

  it('do not arise with the rule-based teacher alone, which cannot win', async () => {
    const { data } = await labelledFolder(3, { 'rule-based': CORRECT });
    const { code, stderr } = await cli(['phase4', '--data', data, '--config', comparing(['rule-based'])]);
    expect(code).toBe(1);
    expect(stderr).toContain('No teacher is left to win.');
    expect(pageOf(data)).not.toMatch(/NaN|Infinity/);
  });
});

describe('quality_report.html', { timeout: 60_000 }, () => {
  it('needs nothing from outside, speaks both languages, and links to what is there', async () => {
    const { data } = await labelledFolder(6, { openai: HALF_WRONG, gemini: CORRECT });
    await cli(['phase4', '--data', data]);
    const page = pageOf(data);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).not.toMatch(/@import|url\(/);
    const targets = [...page.matchAll(/href="(output[^"]+)"/g)].map((match) => decodeURIComponent(match[1]!));
    expect(targets.length).toBeGreaterThan(3);
    for (const target of targets) expect(existsSync(join(data, target)), target).toBe(true);
    const count = (language: string) => page.split(`<span lang="${language}">`).length;
    expect(count('ko')).toBe(count('en'));
    expect(page.match(/<svg /g)!.length).toBeGreaterThanOrEqual(6);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    // The same input gives the same bytes.
    await cli(['phase4', '--data', data]);
    expect(pageOf(data)).toBe(page);
  });
});
