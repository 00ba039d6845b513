import { describe, expect, it } from 'vitest';
import { makeAnswer, makeLabel } from '../testing/make-answer.ts';
import { parseAnswer } from './parse-answer.ts';

const label = makeLabel();
const compact = JSON.stringify(label);
const indented = JSON.stringify(label, null, 2);
const singleQuoted = indented.replaceAll('"', "'");
const commented = indented.replace('"bay_count"', '// it\'s the front } {\n  "bay_count"');
const read = (text: string) => parseAnswer(makeAnswer({ text }));

describe('parseAnswer', () => {
  it('takes JSON as it is', () => {
    expect(read(compact)).toEqual({ isAccepted: true, analysis: label, isRepaired: false });
    expect(read(`\n ${indented} \n`)).toMatchObject({ isAccepted: true, isRepaired: false });
  });

  it.each([
    ['a code block', `\`\`\`json\n${indented}\n\`\`\``],
    ['a code block in prose', `분석 결과는 "다음"과 같다.\n\`\`\`json\n${compact}\n\`\`\`\n이상입니다.`],
    ['prose around', `Here is the analysis:\n${compact}\nHope this helps :)`],
    ['a trailing comma', compact.replace(/\}$/, ',}')],
    ['single quotes', singleQuoted],
    ['comments', commented],
    ['keys without quotes', compact.replaceAll(/"(\w+)":/g, '$1:')],
    ['Python words', compact.replaceAll('true', 'True').replaceAll('null', 'None')],
  ])('repairs %s', (_name, text) => {
    expect(read(text)).toEqual({ isAccepted: true, analysis: label, isRepaired: true });
  });

  it.each([
    ['compact', compact],
    ['indented in a code block', `\`\`\`json\n${indented}`],
    ['single-quoted', singleQuoted],
    ['single-quoted with brackets in a text', singleQuoted.replace("'summary': '", "'summary': '} ")],
    ['commented', commented],
    ['after prose with braces', `형식은 {공간: "설명"}이다. ${compact}`],
    ['with brackets in its texts', JSON.stringify({ ...label, summary: '거실}} ]] "남향" {{' })],
  ])('accepts no label cut at any 50th position (%s)', (_name, text) => {
    const end = text.lastIndexOf('}');
    for (let length = 0; length <= end; length += 50) {
      expect(read(text.slice(0, length)).isAccepted, `cut at ${length}`).toBe(false);
    }
    expect(read(text.slice(0, end)).isAccepted, 'without its last bracket').toBe(false);
  });

  it('accepts nothing that the provider calls cut, however complete it looks', () => {
    expect(parseAnswer(makeAnswer({ isCut: true, finishReason: 'length' }))).toEqual({
      isAccepted: false,
      reason: 'cut off at the output limit',
      isJson: false,
    });
  });

  it('accepts no refusal, even with a text', () => {
    expect(parseAnswer(makeAnswer({ refusal: 'I cannot do that' }))).toEqual({
      isAccepted: false,
      reason: 'refused: I cannot do that',
      isJson: false,
    });
  });

  it('does not drop what stands behind a bracket closed too early', () => {
    const text = compact.replace(',"compliance"', '},"compliance"');
    expect(read(text)).toMatchObject({ isAccepted: false, reason: 'the JSON goes on behind its end' });
  });

  it('names the field of another shape', () => {
    const rest = { ...label, bay_count: undefined };
    expect(read(JSON.stringify(rest))).toMatchObject({
      isAccepted: false,
      isJson: true,
      reason: expect.stringContaining('bay_count') as string,
    });
    expect(read(JSON.stringify({ ...label, spaces: 'none' }))).toMatchObject({
      isAccepted: false,
      isJson: true,
    });
    expect(read(`\`\`\`\n${JSON.stringify(rest)}\n\`\`\``)).toMatchObject({
      isAccepted: false,
      isJson: false,
    });
  });

  it.each([
    ['nothing', '', 'empty answer'],
    ['blanks', ' \n', 'empty answer'],
    ['prose', '도면을 읽을 수 없습니다.', 'no JSON'],
    ['a list', '[1, 2]', 'another shape'],
    ['null', 'null', 'another shape'],
    ['two objects', `${compact}\n${compact}`, 'goes on'],
  ])('rejects %s', (_name, text, reason) => {
    expect(read(text)).toMatchObject({
      isAccepted: false,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it.each([
    ['closed objects', '{"a":1}'.repeat(200_000), 'longer than any label'],
    ['quotes that are to be mended', `{${'x"'.repeat(60_000)}}`, 'too long to be repaired'],
  ])('does not spend minutes on %s', (_name, text, reason) => {
    const startedAt = performance.now();
    expect(read(text)).toMatchObject({
      isAccepted: false,
      reason: expect.stringContaining(reason) as string,
    });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
