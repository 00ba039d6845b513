import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, parseTopologyGraph, planViewOf } from '@arae/floorplan';
import type { FloorPlanAnalysis, Random, TopologyGraph } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import { groundLabel, wilsonInterval } from '@arae/quality-metrics';
import type { GroundedLabel } from '@arae/quality-metrics';
import { GEMINI_MISTAKES, OPENAI_MISTAKES } from '@arae/teacher-simulator';
import type { Mistake } from '@arae/teacher-simulator';
import { describe, expect, it } from 'vitest';
import { pipelineConfigSchema } from '../config/config-schema.ts';
import { dataFolder } from '../data-folder.ts';
import { generatedGraphs } from '../testing/plans.ts';
import { cli, temporaryFolder } from '../testing/test-workspace.ts';
import { compareTeachers } from './compare-teachers.ts';
import { measureTeacher } from './measure-teachers.ts';
import { labelUnderTest, measure } from './measured-teacher.ts';
import type { MeasuredTeacher } from './measured-teacher.ts';

const PLANS = 300;
const RATE = 0.2;

async function readGraphs(count: number): Promise<Map<string, TopologyGraph>> {
  const folder = await generatedGraphs(count);
  return new Map(
    readdirSync(folder).map((stem) => [
      stem,
      parseTopologyGraph(readFileSync(join(folder, stem, 'topology_graph.json'), 'utf8')),
    ]),
  );
}

/** What grounding must see of each mistake of the simulator. */
const TRACES: Record<string, (grounded: GroundedLabel) => boolean> = {
  'main bedroom without window': ({ kinds }) => kinds.windows.denied > 0 && kinds.items.denied > 0,
  'wrong window': ({ kinds }) => kinds.windows.denied > 0,
  'invented space': ({ inventedSpaces }) => inventedSpaces > 0,
  'wrong bay count': ({ kinds }) => kinds.facts.denied > 0,
  'wrong ratios': ({ kinds }) => kinds.ratios.denied > 0,
  'wrong area ratio': ({ kinds }) => kinds.ratios.denied > 0,
  'missing space': ({ kinds }) => kinds.spaces.denied > 0,
  'wrong room count': ({ kinds }) => kinds.facts.denied > 0,
  'wrong grade': ({ grade }) => grade === 'denied',
};

describe('the measured rate of a mistake', { timeout: 120_000 }, () => {
  it('lies in the binomial 99 % interval of the true one, for every mistake of the simulator', async () => {
    const graphs = await readGraphs(PLANS);
    for (const [index, mistake] of [...OPENAI_MISTAKES, ...GEMINI_MISTAKES].entries()) {
      const random = createRandom(index + 1);
      const isSeen = TRACES[mistake.name];
      if (isSeen === undefined) throw new Error(`no trace is known of "${mistake.name}"`);
      let occasions = 0;
      let seen = 0;
      for (const graph of graphs.values()) {
        const view = planViewOf(graph);
        const wrong = ruleBasedAnalysis(view);
        if (!mistake.apply(wrong, view, random)) continue;
        occasions++;
        const analysis = random.fraction() < RATE ? wrong : ruleBasedAnalysis(view);
        const grounded = groundLabel({ id: '', graph, analysis, isJson: true, isRepaired: false });
        if (isSeen(grounded)) seen++;
      }
      expect(occasions, mistake.name).toBeGreaterThan(100);
      const interval = wilsonInterval(seen, occasions, 0.99);
      expect(interval!.low, mistake.name).toBeLessThan(RATE);
      expect(interval!.high, mistake.name).toBeGreaterThan(RATE);
    }
  });

  it('does so for the simulated teachers as phase 3 meets them', async () => {
    const data = temporaryFolder();
    await cli(['phase1', '--import', await generatedGraphs(60), '--data', data]);
    const run = await cli(['run', '--step', '2,3a,3b', '--simulate', '--mistakes', '0.4', '--data', data], {
      cwd: data,
    });
    expect(run.code, run.stderr).toBe(0);
    const folder = dataFolder(data);
    const graphs = new Map(
      readdirSync(folder.outputFolder).map((stem) => [
        stem,
        parseTopologyGraph(readFileSync(folder.graph(stem), 'utf8')),
      ]),
    );
    for (const name of ['openai', 'gemini']) {
      const { labels } = await measureTeacher(name, graphs, folder);
      const wrong = labels.filter(({ grounded }) => grounded.contradictions.length > 0).length;
      const interval = wilsonInterval(wrong, labels.length, 0.99);
      expect(interval!.low, name).toBeLessThan(0.4);
      expect(interval!.high, name).toBeGreaterThan(0.4);
    }
  });
});

describe('a teacher that writes twice as long and is wrong more often', { timeout: 120_000 }, () => {
  const ALL = [...OPENAI_MISTAKES, ...GEMINI_MISTAKES];

  /** Cuts the prose to a share of its length. */
  function shorten(analysis: FloorPlanAnalysis, share: number): FloorPlanAnalysis {
    const cut = (text: string) => text.slice(0, Math.ceil(text.length * share));
    return {
      ...analysis,
      spaces: analysis.spaces.map((space) => ({
        ...space,
        evaluation_comment: cut(space.evaluation_comment),
      })),
      recommendations: analysis.recommendations?.map(cut) ?? null,
    };
  }
  function double(analysis: FloorPlanAnalysis): FloorPlanAnalysis {
    const twice = (text: string) => `${text} ${text}`;
    return {
      ...analysis,
      summary: twice(analysis.summary),
      spaces: analysis.spaces.map((space) => ({
        ...space,
        evaluation_comment: twice(space.evaluation_comment),
      })),
      recommendations: analysis.recommendations?.flatMap((text) => [twice(text), twice(text)]) ?? null,
    };
  }

  function teacher(
    name: string,
    costPerLabel: number,
    graphs: ReadonlyMap<string, TopologyGraph>,
    { share, mistakes, isLong }: { share: number; mistakes: number; isLong: boolean },
    random: Random,
  ): MeasuredTeacher {
    const labels = [...graphs].map(([stem, graph]) => {
      const view = planViewOf(graph);
      const correct = shorten(ruleBasedAnalysis(view), share);
      const analysis = isLong ? double(correct) : correct;
      if (random.fraction() < mistakes) {
        (ALL[random.integer(ALL.length)] as Mistake).apply(analysis, view, random);
      }
      return measure(stem, labelUnderTest(stem, graph, analysis, undefined, false), undefined);
    });
    return {
      name,
      kind: 'teacher',
      model: null,
      labels,
      calls: null,
      costPerLabel,
      invalidFiles: 0,
      latenciesMs: [],
    };
  }

  it.each(['plan', 'grounded'] as const)('does not win by the weights %s', async (weights) => {
    const graphs = await readGraphs(100);
    const { comparison } = pipelineConfigSchema.parse({ comparison: { weights } });
    for (const share of [1, 0.7, 0.5, 0.3]) {
      const random = createRandom(17);
      const brief = teacher('brief', 0.01, graphs, { share, mistakes: 0.2, isLong: false }, random);
      // Twice the prose is not twice the label, so it costs half as much again.
      const wordy = teacher('wordy', 0.015, graphs, { share, mistakes: 0.4, isLong: true }, random);
      const { decision } = compareTeachers([wordy, brief], comparison);
      expect(decision.winner, `prose cut to ${share}: ${decision.reasons.join(' ')}`).toBe('brief');
    }
  });
});
