import { planViewOf } from '@arae/floorplan';
import { ruleBasedAnalysis } from '../rule-based/rule-based-analysis.ts';
import type { Teacher } from './teacher.ts';

/** Raised when the wording or the rules of the baseline change, so that old answers are not taken for new ones. */
const VERSION = '2';

/** The free baseline: labels from the graph and the rubric, without a model. */
export function createRuleBasedTeacher(): Teacher {
  const model = `rule-based-${VERSION}`;
  return {
    name: 'rule-based',
    model,
    identity: { provider: 'rule-based', version: VERSION },
    isPaid: false,
    maxOutputTokens: null,
    schemaBytes: 0,
    findModel: () => Promise.resolve({ id: model, shutdownDate: null }),
    ask: ({ graph }) =>
      Promise.resolve({
        text: JSON.stringify(ruleBasedAnalysis(planViewOf(graph))),
        refusal: null,
        finishReason: 'stop',
        isCut: false,
        usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, thinkingTokens: 0 },
        model,
        responseId: null,
      }),
  };
}
