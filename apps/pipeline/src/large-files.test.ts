import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RIGHT_LABELS, labelledFolder } from './testing/labelled-folder.ts';
import { cli, temporaryFolder } from './testing/test-workspace.ts';

/** A file of a gigabyte that takes no room. */
function hugeFile(path: string): string {
  const file = openSync(path, 'w');
  ftruncateSync(file, 1024 ** 3);
  closeSync(file);
  return path;
}

describe('files of a gigabyte', { timeout: 120_000 }, () => {
  it('among the labels of a data set are left out, with the reason', async () => {
    const { data, stems } = await labelledFolder(6, { openai: RIGHT_LABELS });
    writeFileSync(join(data, 'selected_model.txt'), 'openai');
    hugeFile(join(data, 'output', stems[0]!, 'llm_analysis_openai.json'));
    hugeFile(join(data, 'output', stems[1]!, 'topology_graph.json'));
    const { code, stderr } = await cli(['phase5', '--data', data]);
    expect(code, stderr).toBe(0);
    const { dropped } = JSON.parse(readFileSync(join(data, 'stats_report.json'), 'utf8')) as {
      dropped: { id: string; reason: string }[];
    };
    expect(dropped.map(({ id }) => id)).toEqual(stems.slice(0, 2));
    for (const { reason } of dropped) expect(reason).toContain('has 1073741824 bytes, more than 67108864');
  });

  it('among graphs to import are recorded, and named files are refused', async () => {
    const graphs = temporaryFolder();
    mkdirSync(join(graphs, 'a'));
    const huge = hugeFile(join(graphs, 'a', 'topology_graph.json'));
    const data = temporaryFolder();
    const imported = await cli(['phase1', '--import', graphs, '--data', data]);
    expect(imported.code).toBe(1);
    expect(readFileSync(join(data, 'progress/cv_batch_progress.json'), 'utf8')).toContain('1073741824 bytes');
    const named = await cli(['prompt', '--topology', huge, '--rag', huge]);
    expect(named.code).toBe(2);
    expect(named.stderr).toMatch(/--topology: .* has 1073741824 bytes/);
  });
});
