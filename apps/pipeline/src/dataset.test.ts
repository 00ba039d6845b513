import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { DatasetReport } from './dataset/dataset-report.ts';
import { RIGHT_LABELS, changing, labelledFolder } from './testing/labelled-folder.ts';
import type { MadeUpTeacher } from './testing/labelled-folder.ts';
import { cli, hashFiles } from './testing/test-workspace.ts';

const TOKENIZER = fileURLToPath(new URL('../../../test-fixtures/chat-template/tokenizer', import.meta.url));

async function folderOf(count: number, teacher: MadeUpTeacher = RIGHT_LABELS) {
  const { data, stems } = await labelledFolder(count, { openai: teacher });
  writeFileSync(join(data, 'selected_model.txt'), 'openai');
  return {
    data,
    stems,
    phase5: (...flags: string[]) => cli(['phase5', '--data', data, ...flags]),
    read: (name: string) => readFileSync(join(data, name), 'utf8'),
    report: () => JSON.parse(readFileSync(join(data, 'stats_report.json'), 'utf8')) as DatasetReport,
    /** A further drawing, like another one but for its name. */
    copy: (stem: string, name: string, change: (text: string) => string = (text) => text): void => {
      cpSync(join(data, 'output', stem), join(data, 'output', name), { recursive: true });
      for (const file of ['topology_graph.json', 'llm_analysis_openai.json']) {
        const path = join(data, 'output', name, file);
        writeFileSync(path, change(readFileSync(path, 'utf8').replaceAll(stem, name)));
      }
      const list = join(data, 'sampled_images.json');
      const names = JSON.parse(readFileSync(list, 'utf8')) as string[];
      writeFileSync(list, JSON.stringify([...names, name].sort()));
    },
  };
}

const linesOf = (text: string) => text.trimEnd().split('\n');
const imageNamesOf = (text: string) =>
  linesOf(text).map((line) => {
    const { messages } = JSON.parse(line) as { messages: { content: string }[] };
    return (JSON.parse(messages[2]!.content) as { image_name: string }).image_name.replace(/\.PNG$/, '');
  });

describe('the audit of phase 5', { timeout: 120_000 }, () => {
  it('writes a manifest that tells every row and its tokens', async () => {
    const { phase5, read, report } = await folderOf(30);
    // The made-up tokenizer knows few words, so rows are long.
    const { code, stderr } = await phase5('--tokenizer', TOKENIZER, '--over-length', 'keep');
    expect(code, stderr).toBe(0);
    const manifest = JSON.parse(read('dataset_manifest.json')) as {
      max_seq_length: number;
      length: object;
      files: Record<string, { file: string; bytes: number; sha256: string; rows: number; rows_file: string }>;
    };
    expect(Object.keys(manifest.files)).toEqual(['train', 'val']);
    expect(manifest.length).toMatchObject({ counted_by: 'tokenizer' });
    let most = 0;
    for (const { file, bytes, sha256, rows, rows_file } of Object.values(manifest.files)) {
      const text = read(file);
      expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
      expect(Buffer.byteLength(text)).toBe(bytes);
      const lines = linesOf(text);
      expect(lines).toHaveLength(rows);
      const facts = linesOf(read(rows_file)).map(
        (line) => JSON.parse(line) as { sha256: string; tokens: number; answer_tokens: number },
      );
      expect(facts.map((row) => row.sha256)).toEqual(
        lines.map((line) => createHash('sha256').update(line).digest('hex')),
      );
      for (const { tokens, answer_tokens } of facts) {
        expect(answer_tokens).toBeGreaterThan(0);
        expect(tokens).toBeGreaterThan(answer_tokens);
        most = Math.max(most, tokens);
      }
    }
    const { length, sides } = report();
    expect(Math.max(sides['train']!.tokens!.max, sides['val']!.tokens!.max)).toBe(most);
    expect(length.max_seq_length).toBe(manifest.max_seq_length);
    expect(length.over > 0).toBe(most > length.max_seq_length);
    expect(length.histogram.reduce((sum, { rows }) => sum + rows, 0)).toBe(30);
  });

  it('is the same again, and estimates without a tokenizer, saying so', async () => {
    const { data, phase5, read, report } = await folderOf(12);
    const first = await phase5();
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain('lengths are estimated');
    expect(report().length.counted_by).toBe('estimate');
    expect(JSON.parse(linesOf(read('val.rows.jsonl'))[0]!)).toMatchObject({ tokens: null });
    const before = hashFiles(data);
    expect((await phase5()).code).toBe(0);
    expect(hashFiles(data)).toEqual(before);
    expect(readdirSync(data).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('keeps planted near-duplicates on one side, and shows what a random split tears', async () => {
    const { stems, phase5, read, report, copy } = await folderOf(40);
    const planted = stems.slice(0, 15);
    // The same flat drawn again, and the same text but for a few numbers.
    for (const [index, stem] of planted.entries()) {
      copy(stem, `${stem}_copy`, (text) =>
        index % 2 === 0 ? text : text.replace(/"area_ratio": ?([\d.]+)/, '"area_ratio":$11'),
      );
    }
    const grouped = await phase5('--max-contradictions', '99');
    expect(grouped.code, grouped.stderr).toBe(0);
    const [train, val] = [
      new Set(imageNamesOf(read('train.jsonl'))),
      new Set(imageNamesOf(read('val.jsonl'))),
    ];
    for (const stem of planted) expect(val.has(stem)).toBe(val.has(`${stem}_copy`));
    expect(train.size + val.size).toBe(55);
    expect(Math.abs(val.size - 5.5)).toBeLessThanOrEqual(1);
    expect(report().leakage).toMatchObject({ groups: 15, grouped_rows: 30, groups_on_both_sides: 0 });
    expect(
      report().leakage.nearest_pairs.every((pair) => pair.similarity < 0.8 && !pair.same_structure),
    ).toBe(true);

    const random = await phase5('--split', 'random');
    expect(random.code, random.stderr).toBe(0);
    const torn = report().leakage.groups_on_both_sides;
    expect(torn).toBeGreaterThan(0);
    expect(random.stderr).toContain(`${torn} groups of nearly equal rows lie on both sides`);
    expect(report().leakage.nearest_pairs[0]).toMatchObject({ same_structure: true });
  });

  it('leaves labels out that their graphs deny, counted and listed', async () => {
    const lie = changing((analysis, index) => {
      if (index % 4 === 0) analysis.spaces[0]!.has_window = !analysis.spaces[0]!.has_window;
    });
    const { stems, phase5, report, read } = await folderOf(16, { label: lie, call: null });
    const strict = await phase5();
    expect(strict.code, strict.stderr).toBe(0);
    const out = stems.filter((_, index) => index % 4 === 0);
    expect(report().dropped.map(({ id, code }) => [id, code])).toEqual(out.map((id) => [id, 'contradicted']));
    expect(report()).toMatchObject({
      truth: { left_out: 4, severe: 0 },
      dropped_by_reason: { contradicted: 4 },
    });
    expect(strict.stderr).toContain('--verify 2 has teachers mend such labels');
    expect(read('stats_report.html')).toContain(out[0]!);
    expect(read('dataset_card.md')).toContain(`| ${out[0]} |`);

    const lenient = await phase5('--max-contradictions', '1');
    expect(lenient.code, lenient.stderr).toBe(0);
    expect(report()).toMatchObject({ rows: 16, truth: { left_out: 0, severe: 4 } });
    const wrong = await phase5('--max-contradictions', 'many');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('--max-contradictions must be a whole number');
  });

  it('drops rows that are too long only as far as it may, and else writes nothing', async () => {
    const { data, phase5, report } = await folderOf(12);
    await phase5();
    const lengths = report().sides['train']!.tokens!;
    const limit = Math.floor(lengths.median);
    const before = hashFiles(data);
    const withLimit = (...flags: string[]) =>
      cli(['phase5', '--data', data, ...flags], {
        env: { ARAE_PIPELINE_DATASET__MAX_SEQ_LENGTH: String(limit) },
      });
    const stopped = await withLimit();
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(
      new RegExp(
        `\\d+ of 12 rows have more than ${limit} tokens.*nothing was written.*--over-length drop or keep`,
      ),
    );
    expect(hashFiles(data)).toEqual(before);

    const dropped = await withLimit('--over-length', 'drop');
    expect(dropped.code, dropped.stderr).toBe(0);
    expect(report().dropped_by_reason.too_long).toBeGreaterThan(3);
    expect(report().sides['train']!.tokens!.max).toBeLessThanOrEqual(limit);
    const kept = await withLimit('--over-length', 'keep');
    expect(kept.code, kept.stderr).toBe(0);
    expect(kept.stderr).toContain('were kept: phase6 refuses them');
    expect(report().rows).toBe(12);
  });

  it('keeps control tokens out of the rows, and writes entries for other trainers', async () => {
    const { data, stems, phase5, report, read } = await folderOf(12);
    const path = join(data, 'output', stems[3]!, 'llm_analysis_openai.json');
    const analysis = JSON.parse(readFileSync(path, 'utf8')) as { summary: string };
    writeFileSync(path, JSON.stringify({ ...analysis, summary: '끝<|im_end|>' }));
    writeFileSync(join(data, 'output', stems[4]!, 'llm_analysis_openai.json'), '{"image_name":');
    const { code, stderr } = await phase5();
    expect(code, stderr).toBe(0);
    expect(report().dropped).toMatchObject([
      { id: stems[3], code: 'control_token', reason: expect.stringContaining('<|im_end|>') as string },
      { id: stems[4], code: 'invalid_label' },
    ]);
    expect(JSON.parse(read('dataset_info.json'))).toMatchObject({
      arae_floorplan_train: { file_name: 'train.jsonl', formatting: 'sharegpt' },
      arae_floorplan_val: { file_name: 'val.jsonl' },
    });
    expect(read('axolotl.yaml')).toMatch(/^sequence_len: \d+$/m);
    expect(report().format.openai_fine_tuning).toEqual({
      is_accepted: false,
      faults: ['train has 9 rows, fewer than 10'],
    });
  });

  it('refuses a folder that is no tokenizer, and rows that are all alike, and leaves what was there', async () => {
    const { data, stems, phase5, copy } = await folderOf(1);
    const unknown = await phase5('--tokenizer', data);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/has no tokenizer\.json that can be read \(ENOENT\): name the folder/);
    copy(stems[0]!, 'b');
    const alike = await phase5('--max-contradictions', '9');
    expect(alike.code).toBe(2);
    expect(alike.stderr).toMatch(/all 2 rows are equal or nearly equal.*split at random/);
    expect(existsSync(join(data, 'train.jsonl'))).toBe(false);
    expect((await phase5('--max-contradictions', '9', '--split', 'random')).code).toBe(0);
  });

  it('shows rows for a human look', async () => {
    const { data, phase5 } = await folderOf(20);
    await phase5();
    const { code, stdout, stderr } = await cli(['audit', join(data, 'train.jsonl'), '--show', '3']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ lines: 18, valid: 18 });
    expect(stderr.match(/^──── line \d+ ────$/gm)).toHaveLength(3);
    expect(stderr).toContain('"structure_type": ');
    expect((await cli(['audit', join(data, 'train.jsonl'), '--show', '0'])).code).toBe(2);
  });
});
