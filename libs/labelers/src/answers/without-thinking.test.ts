import { describe, expect, it } from 'vitest';
import { makeLabel } from '../testing/make-answer.ts';
import { parseAnswer } from './parse-answer.ts';
import { withoutThinking } from './without-thinking.ts';

describe('withoutThinking', () => {
  it.each([
    ['{"a":1}', '{"a":1}'],
    ['<think>\n\n</think>\n\n{"a":1}', '{"a":1}'],
    ['{"not": "this"}</think>{"a":1}', '{"a":1}'],
    ['<think>still at {"it": 1}', ''],
  ])('%j → %j', (text, answer) => {
    expect(withoutThinking(text)).toBe(answer);
  });

  it('keeps a draft in the thinking from being taken for the label', () => {
    const label = makeLabel();
    const text = `<think>{"image_name": "draft"}</think>\n${JSON.stringify(label)}`;
    expect(parseAnswer({ text, refusal: null, isCut: false })).toMatchObject({
      isAccepted: true,
      isRepaired: false,
      analysis: label,
    });
    expect(parseAnswer({ text: `<think>${JSON.stringify(label)}`, refusal: null, isCut: false })).toEqual({
      isAccepted: false,
      isJson: false,
      reason: 'nothing but thinking',
    });
  });
});
