import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceCallSettings } from '@arae/floorplan';
import { startTeacherSimulator } from '@arae/teacher-simulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { evaluatedFolder, reportOf, reportPath, subject } from './testing/evaluated-folder.ts';
import { startFakeModelServer } from './testing/fake-model-server.ts';

describe('evaluate', { timeout: 300_000 }, () => {
  it('asks as the service asks, with and without structured output, and finds a student that is its teacher', async () => {
    const { data, stems, teacherTo, evaluate } = await evaluatedFolder(5);
    const { url, questions } = await startFakeModelServer(({ body }) => teacherTo(body.messages));
    const result = await evaluate('--base-url', url, '--model', 'arae', '--json');
    expect(result.code, result.stderr).toBe(0);

    expect(questions).toHaveLength(10);
    for (const [index, { body, headers }] of questions.entries()) {
      const { model, messages, ...settings } = body;
      expect(model).toBe('arae');
      expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
      expect(settings).toEqual(serviceCallSettings({ structured: index < 5 }));
      expect(headers.authorization).toBe('Bearer none');
    }

    const report = reportOf(data);
    expect(report.rows).toEqual({
      file: 'val.jsonl',
      sha256: createHash('sha256')
        .update(readFileSync(join(data, 'val.jsonl')))
        .digest('hex'),
      in_file: 5,
      evaluated: 5,
      seen_by_training: true,
      without_graph: [],
    });
    expect(report.gate).toEqual({ min_schema_compliance: 0.95, passed: true, missed_by: [] });
    expect(report.signatures.bleu).toBe('nrefs:1|case:mixed|eff:no|tok:char|smooth:exp');
    const teacher = subject(report, 'teacher', null);
    for (const structured of [true, false]) {
      const student = subject(report, 'student', structured);
      expect(student).toMatchObject({ json_validity: 1, schema_compliance: 1, strict_compliance: 1 });
      expect(student.metrics).toEqual(teacher.metrics);
      expect(student.grounding).toEqual(teacher.grounding);
      expect(student.grounding).toMatchObject({ labels: 5, without_severe: 5 });
      expect(student.text?.prose.chrf2).toBeCloseTo(100, 6);
      expect(student.text?.prose.bleu).toBeCloseTo(100, 6);
      expect(student.text?.answer.rouge_l).toBe(1);
      expect(student.agreement?.mean).toBe(1);
      expect(student.speed).toMatchObject({ input_tokens: 5000, output_tokens: 500 });
      expect(student.speed?.latency_ms.p90).toBeGreaterThanOrEqual(student.speed?.latency_ms.p50 ?? Infinity);
    }
    const summary = JSON.parse(result.stdout) as { figures: object; warnings: string[] };
    expect(summary.figures).toMatchObject({ rows: 5, gate: 'passed', 'student free: schema compliance': 1 });
    expect(summary.warnings).toEqual([expect.stringMatching(/^val\.jsonl chose the best step/)]);

    const page = readFileSync(join(data, 'qwen3_finetuned/evaluation_report.html'), 'utf8');
    expect(page).not.toMatch(/(?:src|href)="(?!#)|url\(|@import/);
    expect(page).toContain('Evaluation of the tuned model');
    expect(page).toContain('검증 = 시험');
    for (const stem of stems) {
      const label = readFileSync(join(data, 'output', stem, 'llm_analysis_student.json'), 'utf8');
      expect(JSON.parse(label)).toEqual(
        JSON.parse(readFileSync(join(data, 'output', stem, 'llm_analysis_openai.json'), 'utf8')),
      );
    }
  });

  it('asks nothing twice, and says the same again', async () => {
    const { data, teacherTo, evaluate } = await evaluatedFolder(4);
    const { url, questions } = await startFakeModelServer(({ body }) => teacherTo(body.messages));
    const flags = ['--base-url', url, '--model', 'arae'];
    await evaluate(...flags, '--structured', 'on', '--limit', '2');
    expect(questions).toHaveLength(2);
    expect(reportOf(data).rows).toMatchObject({ in_file: 4, evaluated: 2 });

    await evaluate(...flags, '--structured', 'on');
    expect(questions).toHaveLength(4);
    // The address with a slash behind it is the same.
    await evaluate('--base-url', `${url}/`, '--model', 'arae');
    expect(questions).toHaveLength(8);

    const before = readFileSync(reportPath(data), 'utf8');
    const again = await evaluate(...flags);
    expect(again.code, again.stderr).toBe(0);
    expect(questions).toHaveLength(8);
    expect(readFileSync(reportPath(data), 'utf8')).toBe(before);

    // Another training under the same name is another model.
    writeFileSync(join(data, 'qwen3_finetuned/training_report.json'), '{"steps": 300}');
    await evaluate(...flags, '--structured', 'on');
    expect(questions).toHaveLength(12);
    await evaluate(...flags, '--structured', 'on', '--restart');
    expect(questions).toHaveLength(16);
    const journals = readdirSync(join(data, 'progress')).filter((name) =>
      name.startsWith('evaluation_answers'),
    );
    expect(journals).toHaveLength(2);
  });

  it('takes an answer as it comes: broken, refused, cut, of another shape, thought aloud', async () => {
    const { data, stems, teacherTo, changed, evaluate } = await evaluatedFolder(6);
    const kinds = new Map<string, number>();
    const { url, questions } = await startFakeModelServer(({ body: { messages } }) => {
      const text = teacherTo(messages);
      const kind = kinds.get(text) ?? kinds.size;
      kinds.set(text, kind);
      if (kind === 0) return text.slice(0, text.length / 2);
      if (kind === 1) return { text: '', refusal: 'I will not.' };
      if (kind === 2) return { text, finish: 'length' };
      if (kind === 3) return '{"image_name": "<script>alert(1)</script>"}';
      if (kind === 4) return `\`\`\`json\n${text}\n\`\`\``;
      return `<think>\n방이 많다\n</think>\n${changed(messages, (analysis) => (analysis.ventilation_quality = '몰라'))}`;
    });
    const result = await evaluate(
      '--base-url',
      url,
      '--model',
      'arae',
      '--structured',
      'off',
      '--concurrency',
      '1',
    );
    expect(result.code, result.stderr).toBe(1);
    expect(questions).toHaveLength(6);
    expect(result.stderr).toMatch(/warning: schema compliance is under 0\.95: student free$/m);
    expect(result.stderr).toMatch(/warning: student free: 1 answers think aloud/);

    const report = reportOf(data);
    expect(report.gate).toMatchObject({ passed: false, missed_by: ['student free'] });
    const student = subject(report, 'student', false);
    expect(student).toMatchObject({
      rows: 6,
      cut: 1,
      refused: 1,
      repaired: 1,
      thought_aloud: 1,
      unanswered: [],
    });
    expect(student.json_validity).toBeCloseTo(2 / 6);
    expect(student.schema_compliance).toBeCloseTo(1 / 6);
    expect(student.strict_compliance).toBe(0);
    expect(student.rejected.map(({ reason }) => reason)).toEqual([
      'the JSON breaks off',
      'refused: I will not.',
      'cut off at the output limit',
      expect.stringMatching(/^another shape than asked: structure_type/),
    ]);
    expect(student.grounding).toMatchObject({ labels: 2, without_severe: 2 });
    expect(student.agreement?.fields['structure_type']).toEqual({ equal: 2, of: 6 });
    expect(student.agreement?.fields['ventilation_quality']).toEqual({ equal: 1, of: 6 });
    expect(student.text?.prose.rouge_l).toBeCloseTo(2 / 6, 6);
    const withLabel = stems.filter((stem) =>
      existsSync(join(data, 'output', stem, 'llm_analysis_student.json')),
    );
    expect(withLabel).toHaveLength(2);
    const page = readFileSync(join(data, 'qwen3_finetuned/evaluation_report.html'), 'utf8');
    expect(page).toContain('refused: I will not.');
    expect(page).not.toContain('<think>');
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('sees what the simulator gets wrong, and sets the base model beside', async () => {
    const { data, evaluate } = await evaluatedFolder(12);
    const simulator = await startTeacherSimulator({ seed: 5, mistakes: 0.5 });
    onTestFinished(() => simulator.close());
    const flags = ['--base-url', simulator.openAiBaseUrl, '--model', 'arae', '--base-model', 'qwen3-8b'];
    const result = await evaluate(...flags);
    expect(result.code, result.stderr).toBe(0);
    const report = reportOf(data);
    expect(report.subjects.map(({ role, structured }) => `${role} ${structured}`)).toEqual([
      'teacher null',
      'student true',
      'student false',
      'base true',
      'base false',
    ]);
    const requests = simulator.requests();
    expect(requests).toHaveLength(48);
    const wrong = requests.filter(({ model, mistake }) => model === 'arae' && mistake !== null).length / 2;
    expect(wrong).toBeGreaterThan(2);
    const student = subject(report, 'student', true);
    expect(student.grounding?.without_severe).toBeLessThan(12);
    expect(student.agreement?.mean).toBeLessThan(1);
    expect(student.metrics_total).toBeLessThan(subject(report, 'teacher', null).metrics_total ?? 0);
    expect(student.answered_by).toEqual(['arae']);
    expect(subject(report, 'base', true).answered_by).toEqual(['qwen3-8b']);
    expect(report.samples.rows).toHaveLength(10);
    expect(report.samples.rows[0]?.answers).toHaveLength(4);
    expect(report.samples.rows.map(({ against_graph }) => against_graph.teacher)).toEqual(
      Array.from({ length: 10 }, () => ({ severe: 0, minor: 0 })),
    );
    const denied = report.samples.rows.filter(({ against_graph }) => against_graph.answers[0]?.severe);
    expect(denied.length).toBeGreaterThan(0);
    const page = readFileSync(join(data, 'qwen3_finetuned/evaluation_report.html'), 'utf8');
    expect(page).toContain('base, structured');
    expect(page.match(/<details/g)).toHaveLength(10);
  });

  it('says that a simulated student is none, and never takes its answers for real ones', async () => {
    const { data, teacherTo, evaluate } = await evaluatedFolder(2);
    const simulated = await evaluate('--simulate', '--structured', 'on');
    expect(simulated.code, simulated.stderr).toBe(0);
    expect(simulated.stderr).toMatch(/the simulator answered: this says nothing about a real model/);
    expect(subject(reportOf(data), 'student', true).is_simulated).toBe(true);
    const { url, questions } = await startFakeModelServer(({ body }) => teacherTo(body.messages));
    await evaluate('--base-url', url, '--model', 'arae', '--structured', 'on');
    expect(questions).toHaveLength(2);
    expect(subject(reportOf(data), 'student', true).is_simulated).toBe(false);
  });

  it('takes the base model from an earlier report, and says when it is of other rows', async () => {
    const { data, teacherTo, changed, evaluate } = await evaluatedFolder(4);
    const { url } = await startFakeModelServer(({ body: { model, messages } }) =>
      model === 'arae' ? teacherTo(messages) : changed(messages, (analysis) => (analysis.bay_count = 9)),
    );
    const base = join(data, 'base.json');
    await evaluate('--base-url', url, '--model', 'qwen3-8b', '--report', base, '--structured', 'off');
    expect(existsSync(join(data, 'base.html'))).toBe(true);
    // A report elsewhere leaves nothing for the review.
    expect(
      readdirSync(join(data, 'output')).filter((stem) =>
        existsSync(join(data, 'output', stem, 'llm_analysis_student.json')),
      ),
    ).toEqual([]);

    const flags = ['--base-url', url, '--model', 'arae', '--base-report', base];
    const result = await evaluate(...flags);
    expect(result.code, result.stderr).toBe(0);
    const report = reportOf(data);
    expect(report.base_report).toEqual({ file: base, same_rows: true });
    expect(subject(report, 'base', false)).toMatchObject({ model: 'qwen3-8b' });
    expect(subject(report, 'base', false).agreement?.fields['bay_count']).toEqual({ equal: 0, of: 4 });

    const fewer = await evaluate(...flags, '--limit', '3');
    expect(fewer.stderr).toMatch(/base\.json is of other rows/);
    expect((await evaluate(...flags, '--base-model', 'qwen3-8b')).stderr).toMatch(/give one of them/);
    writeFileSync(base, '{"format": "another"}');
    const wrong = await evaluate(...flags);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/base\.json is no report of an evaluation/);
  });

  it('evaluates rows whose drawing is gone or changed without their graphs, and lists them', async () => {
    const { data, stems, teacherTo, evaluate } = await evaluatedFolder(3);
    rmSync(join(data, 'output', stems[0] as string), { recursive: true });
    const graph = join(data, 'output', stems[1] as string, 'topology_graph.json');
    writeFileSync(graph, readFileSync(graph, 'utf8').replace(/"bay_count": ?\d+/, '"bay_count": 7'));
    const { url } = await startFakeModelServer(({ body }) => teacherTo(body.messages));
    const result = await evaluate('--base-url', url, '--model', 'arae', '--structured', 'on');
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toMatch(/2 rows are of no drawing here \(first: line 1\)/);
    const report = reportOf(data);
    expect(report.rows.without_graph).toEqual([1, 2]);
    expect(subject(report, 'student', true)).toMatchObject({
      rows: 3,
      schema_compliance: 1,
      grounding: { labels: 1 },
    });

    rmSync(join(data, 'output'), { recursive: true });
    rmSync(join(data, 'sampled_images.json'));
    const none = await evaluate('--base-url', url, '--model', 'arae', '--structured', 'on');
    expect(none.code, none.stderr).toBe(0);
    expect(subject(reportOf(data), 'student', true)).toMatchObject({ metrics: null, grounding: null });
    expect(readFileSync(join(data, 'qwen3_finetuned/evaluation_report.html'), 'utf8')).toContain(
      'No row is of a drawing',
    );
  });

  it('prefers rows that the training never saw', async () => {
    const { data, teacherTo, evaluate } = await evaluatedFolder(3);
    const [row = ''] = readFileSync(join(data, 'val.jsonl'), 'utf8').split('\n');
    writeFileSync(join(data, 'test.jsonl'), `${row}\n`);
    const { url, questions } = await startFakeModelServer(({ body }) => teacherTo(body.messages));
    const flags = ['--base-url', url, '--model', 'arae', '--structured', 'on'];
    const result = await evaluate(...flags);
    expect(result.stderr).not.toMatch(/chose the best step/);
    expect(reportOf(data).rows).toMatchObject({ file: 'test.jsonl', evaluated: 1, seen_by_training: false });
    await evaluate(...flags, '--set', 'val');
    expect(reportOf(data).rows).toMatchObject({ file: 'val.jsonl', evaluated: 3 });
    // The row of both files was asked once.
    expect(questions).toHaveLength(3);
  });
});
