import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationSummary } from '@arae/cv-inference';
import type { TopologyGraph } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { roomPng } from '../testing/drawings.ts';
import { generatedGraphs } from '../testing/plans.ts';
import { cli, temporaryFolder } from '../testing/test-workspace.ts';

interface Report {
  summary: EvaluationSummary;
  withoutGraph: string[];
  withoutTruth: string[];
  drawings: { stem: string; rooms: { truth: number; found: number; right: number } }[];
}

/** True graphs, and a data folder that holds the same ones. */
async function prepare(count: number): Promise<{ truth: string; data: string; stems: string[] }> {
  const truth = await generatedGraphs(count);
  const data = temporaryFolder();
  const imported = await cli(['phase1', '--import', truth, '--data', data]);
  expect(imported.code, imported.stderr).toBe(0);
  return { truth, data, stems: readdirSync(truth).sort() };
}

const evaluate = (truth: string, data: string, ...flags: string[]) =>
  cli(['evaluate-cv', '--truth', truth, '--data', data, ...flags]);

async function reportOf(truth: string, data: string, ...flags: string[]): Promise<Report> {
  const { code, stdout, stderr } = await evaluate(truth, data, '--json', ...flags);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Report;
}

const graphOf = (folder: string, stem: string) => join(folder, stem, 'topology_graph.json');

function changeGraph(path: string, change: (graph: TopologyGraph) => void): void {
  const graph = JSON.parse(readFileSync(path, 'utf8')) as TopologyGraph;
  change(graph);
  writeFileSync(path, JSON.stringify(graph));
}

describe('evaluate-cv', { timeout: 120_000 }, () => {
  it('finds everything of the truth in itself, prints and writes it', async () => {
    const { truth, data, stems } = await prepare(3);
    const { code, stdout, stderr } = await evaluate(truth, data, '--json');
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/rooms found \(IoU ≥ 0\.5\) +100\.0 % \((\d+) of \1; \1 said\)/);
    const { summary, drawings, withoutGraph, withoutTruth } = JSON.parse(stdout) as Report;
    expect(summary).toMatchObject({
      drawings: 3,
      rooms: { precision: 1, recall: 1, categoryAccuracy: 1, foundWithCategory: 1, labelAccuracy: 1 },
      doors: { f1: 1, f1At03: 1 },
      windows: { f1: 1, f1At03: 1 },
      fixtures: { f1: 1 },
      edges: { f1: 1, f1OfPairs: 1 },
      statistics: { room_count: 1, bathroom_count: 1, balcony_count: 1, bay_count: 1, structure_type: 1 },
    });
    expect(summary.rooms.meanIou).toBeCloseTo(1, 10);
    expect(summary.rooms.truth).toBeGreaterThan(10);
    expect(drawings.map(({ stem }) => stem)).toEqual(stems);
    expect([...withoutGraph, ...withoutTruth]).toEqual([]);

    expect(JSON.parse(readFileSync(join(data, 'cv_evaluation.json'), 'utf8'))).toEqual(JSON.parse(stdout));
    const page = readFileSync(join(data, 'cv_evaluation.html'), 'utf8');
    for (const stem of stems) expect(page).toContain(`<figure id="${stem}">`);
    // One file, readable anywhere.
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });

  it('counts a missing graph as missed and says which; what has no truth counts for nothing', async () => {
    const { truth, data, stems } = await prepare(4);
    const [gone, unknown, ...known] = stems as [string, string, string, string];
    rmSync(graphOf(join(data, 'output'), gone));
    rmSync(join(truth, unknown), { recursive: true });
    const report = await reportOf(truth, data);
    expect(report).toMatchObject({ withoutGraph: [gone], withoutTruth: [unknown], summary: { drawings: 3 } });
    const missed = report.drawings.find(({ stem }) => stem === gone)?.rooms;
    expect(missed).toMatchObject({ found: 0, right: 0 });
    const { truth: all, right } = report.summary.rooms;
    expect(right).toBe(all - (missed?.truth ?? 0));
    expect(report.summary.statistics.room_count).toBeCloseTo(known.length / 3, 10);

    const { stderr } = await evaluate(truth, data);
    expect(stderr).toContain(`without a graph (all missed): ${gone}`);
    expect(stderr).toContain(`without a truth (not counted): ${unknown}`);
  });

  it('takes the folder of the generator too, the first drawings only, and another place for the report', async () => {
    const { truth, data, stems } = await prepare(2);
    const out = join(temporaryFolder(), '보고서');
    const report = await reportOf(join(truth, '..'), data, '--limit', '1', '--out', out);
    expect(report.drawings.map(({ stem }) => stem)).toEqual(stems.slice(0, 1));
    expect(readdirSync(out).sort()).toEqual(['cv_evaluation.html', 'cv_evaluation.json']);
    expect(existsSync(join(data, 'cv_evaluation.json'))).toBe(false);
  });

  it('shows labels as they are, never as part of the page, and drawings below them', async () => {
    const { truth, data, stems } = await prepare(1);
    const [stem] = stems as [string];
    const label = '방<script>alert("&")</script>';
    for (const folder of [truth, join(data, 'output')]) {
      changeGraph(graphOf(folder, stem), ({ nodes }) => (nodes[0]!.label = label));
    }
    const images = temporaryFolder();
    writeFileSync(join(images, `${stem}.PNG`), roomPng(200));
    await reportOf(truth, data, '--images', images);
    const page = readFileSync(join(data, 'cv_evaluation.html'), 'utf8');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('방&lt;script&gt;alert(');
    expect(page).toMatch(/alert\([^<]*&amp;[^<]*\)&lt;\/script&gt;/);
    expect(page).toMatch(/<image class="drawing" href="data:image\/jpeg;base64,[\w+/=]+"/);
  });

  it('refuses in one line what cannot be compared, and writes nothing', async () => {
    const { truth, data } = await prepare(2);
    const refused = async (truthDir: string, dataDir: string) => {
      const { code, stderr, stdout } = await evaluate(truthDir, dataDir, '--json');
      expect(code, stderr).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stdout).toBe('');
      expect(existsSync(join(dataDir, 'cv_evaluation.json'))).toBe(false);
      return stderr;
    };
    expect(await refused('/no/such/folder', data)).toMatch(
      /\/no\/such\/folder cannot be read \(ENOENT\).*--truth/,
    );
    expect(await refused(temporaryFolder(), data)).toMatch(/holds no graphs.*check --truth/);
    // Truths of other drawings.
    expect(await refused(await generatedGraphs(1, 2), data)).toMatch(
      /has no true graph of these 2 drawings: check --truth and --data/,
    );
    // Nothing was found yet: with a sample, and without one.
    rmSync(join(data, 'output'), { recursive: true });
    const noGraph = /has no graph of these drawings: run phase1 first, or check --data/;
    expect(await refused(truth, data)).toMatch(noGraph);
    const empty = join(temporaryFolder(), 'data');
    mkdirSync(empty);
    expect(await refused(truth, empty)).toMatch(noGraph);
    expect((await cli(['evaluate-cv', '--data', data])).code).toBe(2);
  });

  it('names a true graph that is broken', async () => {
    const { truth, data, stems } = await prepare(2);
    writeFileSync(graphOf(truth, stems[1]!), '{"nodes": [');
    const { code, stderr } = await evaluate(truth, data);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(graphOf(truth, stems[1]!));
  });
});
