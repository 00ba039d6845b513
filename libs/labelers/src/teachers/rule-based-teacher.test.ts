import { planViewOf } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../answers/parse-answer.ts';
import { ruleBasedAnalysis } from '../rule-based/rule-based-analysis.ts';
import { makeGraph } from '../testing/make-graph.ts';
import { makeItem } from '../testing/make-item.ts';
import { createRuleBasedTeacher } from './rule-based-teacher.ts';

describe('createRuleBasedTeacher', () => {
  const teacher = createRuleBasedTeacher();
  const graph = makeGraph();

  it('answers from the graph, for nothing', async () => {
    const answer = await teacher.ask({ ...makeItem('plan'), graph });
    expect(parseAnswer(answer)).toEqual({
      isAccepted: true,
      analysis: ruleBasedAnalysis(planViewOf(graph)),
      isRepaired: false,
    });
    expect(answer.usage).toEqual({
      inputTokens: 0,
      cachedInputTokens: 0,
      outputTokens: 0,
      thinkingTokens: 0,
    });
    expect(teacher.isPaid).toBe(false);
  });

  it('is always there, under the version of its rules', async () => {
    expect(await teacher.findModel()).toEqual({ id: teacher.model, shutdownDate: null });
    expect(teacher.identity).toMatchObject({
      provider: 'rule-based',
      version: teacher.model.split('-').at(-1),
    });
  });
});
