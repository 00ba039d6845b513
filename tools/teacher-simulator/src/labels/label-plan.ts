import { shuffled } from '@arae/floorplan';
import type { FloorPlanAnalysis, PlanView, Random } from '@arae/floorplan';
import { ruleBasedAnalysis } from '@arae/labelers';
import type { FoundPlan } from '../plans/find-plan.ts';
import type { Provider, Turn } from '../protocols/wire-protocol.ts';
import { hashOf } from '../seeded/hash-of.ts';
import { randomFor } from '../seeded/random-for.ts';
import { GEMINI_MISTAKES } from './gemini-mistakes.ts';
import type { Mistake } from './mistake.ts';
import { OPENAI_MISTAKES } from './openai-mistakes.ts';

/** How often a teacher that is shown its contradictions takes its mistake back. */
const CORRECTION_RATE = 0.7;
const MISTAKES: Record<Provider, readonly Mistake[]> = { openai: OPENAI_MISTAKES, gemini: GEMINI_MISTAKES };

export interface LabelRequest {
  seed: number;
  /** Probability (0–1) that the label holds a mistake. */
  mistakes: number;
  provider: Provider;
  model: string;
  turns: readonly Turn[];
}

export interface Label {
  analysis: FloorPlanAnalysis;
  /** Name of the mistake in it, e.g. `wrong bay count`; null when the label is correct. */
  mistake: string | null;
}

/**
 * What a teacher says about a plan. The label depends on the seed, the model and the messages alone.
 *
 * A mistake belongs to the question that shows the plan; every user message behind it (a list of contradictions, say)
 * takes the mistake back with a probability of 0.7, and a correct label stays correct.
 */
export function labelPlan({ view, turn }: FoundPlan, request: LabelRequest): Label {
  const analysis = inTheWordsOf(request.provider, ruleBasedAnalysis(view));
  const random = randomOf(request, request.turns.slice(0, turn + 1));
  if (random.fraction() >= request.mistakes || isTakenBack(request, turn)) return { analysis, mistake: null };
  return { analysis, mistake: makeMistake(analysis, view, MISTAKES[request.provider], random) };
}

function makeMistake(
  analysis: FloorPlanAnalysis,
  view: PlanView,
  kinds: readonly Mistake[],
  random: Random,
): string | null {
  return shuffled(kinds, random).find((kind) => kind.apply(analysis, view, random))?.name ?? null;
}

function isTakenBack(request: LabelRequest, question: number): boolean {
  return request.turns.some(
    ({ role }, index) =>
      index > question &&
      role === 'user' &&
      randomOf(request, request.turns.slice(0, index + 1)).fraction() < CORRECTION_RATE,
  );
}

function randomOf({ seed, provider, model }: LabelRequest, turns: readonly Turn[]): Random {
  return randomFor(seed, 'label', provider, model, hashOf(turns));
}

/** The two teachers word their comments differently. */
function inTheWordsOf(provider: Provider, analysis: FloorPlanAnalysis): FloorPlanAnalysis {
  if (provider === 'openai') return analysis;
  return {
    ...analysis,
    spaces: analysis.spaces.map((space) => ({
      ...space,
      evaluation_comment: `${space.evaluation_comment} 도면의 ${space.space_type}에 속한다.`,
    })),
  };
}
