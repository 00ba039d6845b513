import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, parseTopologyGraph, planViewOf } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import {
  createAdmission,
  createMemoryJournal,
  DEFAULT_RETRY_POLICY,
  labelItem,
  recallItem,
  ruleBasedAnalysis,
} from '@arae/labelers';
import type { FollowUp, LabelItem, LabelItemContext, LabelledItem, Teacher } from '@arae/labelers';
import { systemClock } from '@arae/progress';
import { findContradictions } from '@arae/quality-metrics';
import { describe, expect, it } from 'vitest';
import { generatedGraphs } from '../testing/plans.ts';
import { labelVerification } from './label-verification.ts';

const MISTAKEN = 0.4;
const MENDED = 0.7;
const ADDED = 0.1;
const LABELS = 1500;
/** Fields of which each can be wrong alone: a wrong one is one contradiction. */
const FIELDS = ['bay_count', 'total_spaces', 'room_count', 'bathroom_count'] as const;

/** A teacher that is wrong now and then, mends what it is told, and is wrong again. */
function fallibleTeacher(): Teacher {
  const random = createRandom(11);
  const wrong = new Map<string, Set<string>>();
  const spoil = (fields: Set<string>) => {
    const free = FIELDS.filter((field) => !fields.has(field));
    const field = free[random.integer(free.length)];
    if (field !== undefined) fields.add(field);
  };
  return {
    name: 'fallible',
    model: 'fallible-1',
    identity: { provider: 'fallible' },
    isPaid: false,
    maxOutputTokens: null,
    schemaBytes: 0,
    findModel: () => Promise.resolve({ id: 'fallible-1', shutdownDate: null }),
    ask({ id, graph }, _signal, { turns }: FollowUp = { turns: [], outputFactor: 1 }) {
      const fields = wrong.get(id) ?? new Set<string>();
      wrong.set(id, fields);
      if (turns.length === 0) {
        if (random.fraction() < MISTAKEN) spoil(fields);
      } else {
        for (const field of [...fields]) if (random.fraction() < MENDED) fields.delete(field);
        if (random.fraction() < ADDED) spoil(fields);
      }
      const label = ruleBasedAnalysis(planViewOf(graph)) as FloorPlanAnalysis & Record<string, unknown>;
      for (const field of fields) Object.assign(label, { [field]: (label[field] as number) + 7 });
      return Promise.resolve({
        text: JSON.stringify(label),
        refusal: null,
        finishReason: 'stop',
        isCut: false,
        usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, thinkingTokens: 0 },
        model: 'fallible-1',
        responseId: null,
      });
    },
  };
}

/** The probability that a label is clean within two rounds of being told, by the three numbers alone. */
function impliedShare(): number {
  // After one round from k contradictions: how likely each number of them is.
  const next = (k: number): number[] => {
    const left = Array.from({ length: k + 1 }, (_, kept) => binomial(k, kept, 1 - MENDED));
    return Array.from({ length: k + 2 }, (_, j) => (left[j] ?? 0) * (1 - ADDED) + (left[j - 1] ?? 0) * ADDED);
  };
  const [clean = 0, ...still] = next(1);
  const second = still.reduce((sum, chance, index) => sum + chance * (next(index + 1)[0] ?? 0), 0);
  return 1 - MISTAKEN + MISTAKEN * (clean + second);
}

function binomial(n: number, k: number, p: number): number {
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
  return ways * p ** k * (1 - p) ** (n - k);
}

describe('labelVerification', { timeout: 60_000 }, () => {
  it('brings as many labels clean as the teacher makes possible, none worse, and lists what is left', async () => {
    const folder = await generatedGraphs(30);
    const graphs = readdirSync(folder).map((stem) =>
      parseTopologyGraph(readFileSync(join(folder, stem, 'topology_graph.json'), 'utf8')),
    );
    const never = new AbortController().signal;
    const context: LabelItemContext = {
      teacher: fallibleTeacher(),
      journal: createMemoryJournal(),
      admission: createAdmission({ clock: systemClock, maxConcurrency: 1 }),
      policy: DEFAULT_RETRY_POLICY,
      clock: systemClock,
      random: createRandom(1),
      budget: null,
      prices: null,
      verification: labelVerification(2),
      retryFailed: false,
      stop: never,
      abort: never,
      onEvent: () => undefined,
    };
    let clean = 0;
    let cleanAtFirst = 0;
    for (let number = 0; number < LABELS; number++) {
      const graph = graphs[number % graphs.length];
      if (graph === undefined) throw new Error('there are graphs');
      const item: LabelItem = { id: String(number), prompt: { system: '', user: String(number) }, graph };
      const outcome = (await labelItem(item, context)) as LabelledItem;
      const [first] = outcome.rounds;
      const left = findContradictions(outcome.analysis, graph).length;
      expect(left).toBe(outcome.rounds[outcome.chosenRound]?.contradictions);
      expect(left).toBeLessThanOrEqual(first?.contradictions ?? 0);
      if (left === 0) clean++;
      if (first?.contradictions === 0) cleanAtFirst++;
      if (number % 100 === 0)
        expect(await recallItem(item, context)).toMatchObject({ analysis: outcome.analysis });
    }
    const implied = impliedShare();
    expect(implied).toBeCloseTo(0.943, 3);
    // 2.576 standard deviations: 99 %.
    const within = 2.576 * Math.sqrt((implied * (1 - implied)) / LABELS);
    expect(Math.abs(clean / LABELS - implied)).toBeLessThan(within);
    expect(clean).toBeGreaterThan(cleanAtFirst);
  });

  it('finds nothing against labels of the rules', async () => {
    const folder = await generatedGraphs(200, 9);
    const verification = labelVerification(1);
    for (const stem of readdirSync(folder)) {
      const graph = parseTopologyGraph(readFileSync(join(folder, stem, 'topology_graph.json'), 'utf8'));
      const item: LabelItem = { id: stem, prompt: { system: '', user: '' }, graph };
      expect(verification?.complaintsAbout(ruleBasedAnalysis(planViewOf(graph)), item)).toEqual([]);
    }
  });

  it('is nothing for no rounds', () => {
    expect(labelVerification(0)).toBeNull();
  });
});
