import { describe, expect, it } from 'vitest';
import { parseCorrectionRules } from './correction-rules.ts';
import { createTextCorrector } from './create-text-corrector.ts';
import { ROOM_LEXICON } from './room-lexicon.ts';

const correct = createTextCorrector();

describe('createTextCorrector', () => {
  it.each(['common', 'rare', 'kept'] as const)('leaves every %s word of its lexicon alone', (part) => {
    expect(ROOM_LEXICON[part].map(correct)).toEqual(ROOM_LEXICON[part]);
  });

  it('has no word twice', () => {
    const words = [...ROOM_LEXICON.common, ...ROOM_LEXICON.rare, ...ROOM_LEXICON.kept];
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it.each([
    ['blanks', ' 엘리베이터 \u3000홀\n', '엘리베이터홀'],
    ['a number', '침실3', '침실3'],
    ['a letter', '욕실 A', '욕실A'],
    ['a number in brackets', '방(2)', '방(2)'],
    ['a compound', '지하창고', '지하창고'],
    ['a joined label', '현관/복도', '현관/복도'],
    ['another case', 'Elev.Hall', 'Elev.Hall'],
  ])('leaves a known word with %s alone but for blanks', (_case, text, expected) => {
    expect(correct(text)).toBe(expected);
  });

  it.each([
    '',
    '3,900',
    '1/100',
    '102',
    'A-A',
    'PD',
    'EPS',
    'DN',
    'THK=30',
    '84A형',
    '실',
    'ㅋㅋ',
    '거거',
    '😀',
  ])('leaves %j alone', (text) => {
    expect(correct(text)).toBe(text);
  });

  it('leaves alone what is far from everything', () => {
    expect(['음향기기', '견본주택', 'INVISIBLE'].map(correct)).toEqual(['음향기기', '견본주택', 'INVISIBLE']);
  });

  it.each([
    ['팬드리', '팬트리'],
    ['파우더륨', '파우더룸'],
    ['다용도싪', '다용도실'],
    ['엘리베이더', '엘리베이터'],
    ['욕싈2', '욕실2'],
    ['발 코 나', '발코니'],
    ['ELEY.HALL', 'ELEV.HALL'],
  ])('corrects %s to %s', (text, expected) => {
    expect(correct(text)).toBe(expected);
    expect(correct(expected)).toBe(expected);
  });

  it('prefers what jamo have in common', () => {
    const own = createTextCorrector({ lexicon: ['감실', '문실'], confusions: {} });
    expect(own('강실')).toBe('감실');
    expect(own('물실')).toBe('문실');
  });

  it('weighs by what the recogniser confuses', () => {
    const lexicon = ['가나', '다나'];
    expect(createTextCorrector({ lexicon, confusions: {} })('호나')).toBe('가나');
    expect(createTextCorrector({ lexicon, confusions: { 호: { 다: 5 } } })('호나')).toBe('다나');
  });

  describe('with rules', () => {
    const withRules = (rules: readonly (readonly [string, string])[], lexicon?: readonly string[]) =>
      createTextCorrector({
        rules: parseCorrectionRules(
          JSON.stringify(rules.map(([pattern, replacement]) => ({ pattern, replacement }))),
        ),
        ...(lexicon && { lexicon }),
      });

    it('applies them first, one after the other, and leaves what they made', () => {
      const ruled = withRules([
        ['^팬드리$', '팬들'],
        ['들$', '드'],
      ]);
      expect(ruled('팬드리')).toBe('팬드');
      expect(ruled('다용도싪')).toBe('다용도실');
    });

    it('lets them pin a text', () => {
      expect(withRules([['^팬드리$', '팬드리']])('팬드리')).toBe('팬드리');
    });

    it('does not take a rule about blanks for a correction', () => {
      expect(withRules([[String.raw`\s+`, '']])('팬 드리')).toBe('팬트리');
    });

    it('works by them alone without a lexicon', () => {
      const ruled = withRules([['드리', '트리']], []);
      expect(['팬드리', '다용도싪', '욕 실'].map(ruled)).toEqual(['팬트리', '다용도싪', '욕실']);
    });
  });
});
