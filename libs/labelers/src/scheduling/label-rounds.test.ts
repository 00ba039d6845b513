import { describe, expect, it } from 'vitest';
import { makeAnswer, makeLabel } from '../testing/make-answer.ts';
import { makeItem } from '../testing/make-item.ts';
import { makeRun } from '../testing/make-run.ts';
import type { FollowUp } from '../teachers/teacher.ts';
import type { Verification } from '../verification/verification.ts';
import { labelItem, recallItem } from './label-item.ts';
import type { LabelledItem } from './label-item.ts';

/** A label that says so many wrong things, by its summary. */
const label = (wrong: number) =>
  makeAnswer({ text: JSON.stringify({ ...makeLabel(), summary: `${wrong}` }) });

const verification = (rounds: number): Verification => ({
  rounds,
  complaintsAbout: ({ summary }) =>
    Array.from({ length: Number(summary) }, (_, index) => ({
      text: `침실${index + 1}에 창이 있습니다`,
      isSevere: index === 0,
    })),
});

async function labelWith(wrong: number[], rounds: number) {
  const asked: (FollowUp | undefined)[] = [];
  const run = makeRun({ reply: (_item, nth) => label(wrong[nth - 1] as number) });
  const ask = run.teacher.ask.bind(run.teacher);
  run.teacher.ask = (item, signal, followUp) => {
    asked.push(followUp);
    return ask(item, signal);
  };
  const context = { ...run.context, verification: verification(rounds) };
  const outcome = (await labelItem(makeItem('a'), context)) as LabelledItem;
  return { outcome, asked, run, context };
}

describe('a label that its graph denies', () => {
  it('is sent back with what is wrong, in the same conversation', async () => {
    const { outcome, asked, run } = await labelWith([2, 0], 2);
    expect(outcome).toMatchObject({ isLabelled: true, chosenRound: 1, analysis: { summary: '0' } });
    expect(outcome.rounds).toEqual([
      { contradictions: 2, severe: 1 },
      { contradictions: 0, severe: 0 },
    ]);
    expect(outcome.answers).toHaveLength(2);
    expect(asked[0]?.turns).toEqual([]);
    expect(asked[1]?.turns.map(({ role }) => role)).toEqual(['assistant', 'user']);
    expect(asked[1]?.turns[0]?.text).toBe(label(2).text);
    expect(asked[1]?.turns[1]?.text).toContain('2. 침실2에 창이 있습니다');
    expect(run.events.filter(({ type }) => type === 'contradicted')).toEqual([
      { type: 'contradicted', id: 'a', round: 0, contradictions: 2, willAskAgain: true },
    ]);
  });

  it('is asked for as often as set, and the round with the fewest contradictions wins', async () => {
    const { outcome, run } = await labelWith([3, 1, 2, 0], 2);
    expect(outcome).toMatchObject({ chosenRound: 1, analysis: { summary: '1' } });
    expect(outcome.rounds.map(({ contradictions }) => contradictions)).toEqual([3, 1, 2]);
    expect(run.teacher.calls).toHaveLength(3);
  });

  it('stays when the teacher makes nothing better', async () => {
    expect((await labelWith([1, 1, 1], 2)).outcome).toMatchObject({ chosenRound: 0 });
  });

  it('stays when the next round brings no label', async () => {
    const run = makeRun({
      reply: (_item, nth) => (nth === 1 ? label(1) : makeAnswer({ text: '못 합니다' })),
    });
    const outcome = await labelItem(makeItem('a'), { ...run.context, verification: verification(2) });
    expect(outcome).toMatchObject({ isLabelled: true, chosenRound: 0 });
    expect(outcome.answers).toHaveLength(3);
  });

  it('comes again from the journal with all its rounds, without asking', async () => {
    const { outcome, run, context } = await labelWith([3, 1, 2], 2);
    const recalled = await recallItem(makeItem('a'), context);
    expect(recalled).toEqual({ ...outcome, isFromJournal: true });
    expect(await labelItem(makeItem('a'), context)).toEqual(recalled);
    expect(run.teacher.calls).toHaveLength(3);
    expect(await recallItem(makeItem('b'), context)).toBeNull();
  });
});

describe('an answer that was cut', () => {
  it('is asked for again with a larger output limit', async () => {
    const factors: (number | undefined)[] = [];
    const run = makeRun({
      reply: (_item, nth) => (nth === 1 ? makeAnswer({ isCut: true, text: '{"a' }) : makeAnswer()),
    });
    const ask = run.teacher.ask.bind(run.teacher);
    run.teacher.ask = (item, signal, followUp) => {
      factors.push(followUp?.outputFactor);
      return ask(item, signal);
    };
    expect(await labelItem(makeItem('a'), run.context)).toMatchObject({ isLabelled: true });
    expect(factors).toEqual([1, 2]);
  });
});
