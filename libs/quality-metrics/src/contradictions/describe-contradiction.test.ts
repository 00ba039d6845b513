import { describe, expect, it } from 'vitest';
import { makeLabel } from '../testing/make-case.ts';
import { describeContradiction } from './describe-contradiction.ts';
import { findContradictions } from './find-contradictions.ts';

/** What the contradictions of a changed label are in Korean. */
function told(change: Parameters<typeof makeLabel>[0]): string[] {
  const { analysis, graph } = makeLabel(change);
  if (analysis === null) throw new Error('there is a label');
  return findContradictions(analysis, graph).map((found) => describeContradiction(found, analysis));
}

describe('describeContradiction', () => {
  it('says nothing of a right label', () => {
    expect(told(() => undefined)).toEqual([]);
  });

  it('says what the label claims and what the graph holds', () => {
    expect(told((analysis) => (analysis.bay_count = 3))).toEqual([
      '/bay_count: 3라고 했으나 도면 데이터는 4입니다',
    ]);
  });

  it('names the space', () => {
    const [line] = told((analysis) => {
      const [space] = analysis.spaces;
      if (space !== undefined) space.has_window = !space.has_window;
    });
    expect(line).toMatch(/^\/spaces\/0\/has_window \(.+\): (true|false)라고 했으나/);
  });

  it('leaves no fact in English', () => {
    const lines = told((analysis) => {
      const [first, second, third] = analysis.spaces;
      if (first === undefined || second === undefined || third === undefined) throw new Error('three spaces');
      first.space_name = '비밀방';
      second.connected_spaces = ['현관 밖'];
      second.area_m2 = 12;
      analysis.spaces[2] = { ...second };
      analysis.compliance.overall_grade = '불합격';
      analysis.compliance.non_compliant_items = [
        { category: '채광', item: '안방 외부창', reason: '안방에 창이 없다', recommendation: '창을 낸다' },
        { category: '환기', item: '주방 환기', reason: '부족하다', recommendation: '창을 낸다' },
      ];
    });
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) expect(line.replace(/^\S+/, '')).not.toMatch(/\b(?!null|true|false)[a-z]{3,}/);
  });
});
