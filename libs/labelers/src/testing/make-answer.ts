import type { FloorPlanAnalysis } from '@arae/floorplan';
import { ruleBasedAnalysis } from '../rule-based/rule-based-analysis.ts';
import type { TeacherAnswer } from '../teachers/teacher.ts';
import { makeView } from './make-view.ts';

/** A complete and correct label. */
export function makeLabel(): FloorPlanAnalysis {
  return ruleBasedAnalysis(makeView());
}

/** An answer with a good label in it. */
export function makeAnswer(changes: Partial<TeacherAnswer> = {}): TeacherAnswer {
  return {
    text: JSON.stringify(makeLabel()),
    refusal: null,
    finishReason: 'stop',
    isCut: false,
    usage: { inputTokens: 2000, cachedInputTokens: 0, outputTokens: 900, thinkingTokens: 0 },
    model: 'fake-1',
    responseId: 'response-1',
    ...changes,
  };
}
