import { describe, expect, it } from 'vitest';
import { makeLabel } from '../testing/make-case.ts';
import { findContradictions } from './find-contradictions.ts';
import { reconcileLabel } from './reconcile-label.ts';

function reconciled(change: Parameters<typeof makeLabel>[0]) {
  const { analysis, graph } = makeLabel(change);
  if (analysis === null) throw new Error('there is a label');
  const before = structuredClone(analysis);
  return { graph, before, ...reconcileLabel(analysis, graph) };
}

describe('reconcileLabel', () => {
  it('changes nothing in a right label', () => {
    const { changed, analysis, before } = reconciled(() => undefined);
    expect(changed).toEqual([]);
    expect(analysis).toEqual(before);
  });

  it('sets what the graph decides and says which fields', () => {
    const { analysis, graph, changed } = reconciled((label) => {
      label.image_name = 'B.PNG';
      label.bay_count = 1;
      label.balcony_ratio = 99;
      const [space] = label.spaces;
      if (space !== undefined) space.area_ratio = 1;
    });
    expect(changed).toEqual(['/image_name', '/bay_count', '/balcony_ratio', '/spaces/0/area_ratio']);
    expect(findContradictions(analysis, graph)).toEqual([]);
  });

  it('leaves judgements, windows, connections and what is left out as they are', () => {
    const { analysis, changed } = reconciled((label) => {
      const [space] = label.spaces;
      if (space === undefined) throw new Error('a space');
      Object.assign(space, { area_ratio: null, has_window: !space.has_window, connected_spaces: ['달'] });
      label.compliance.overall_grade = '불합격';
    });
    expect(changed).toEqual([]);
    expect(analysis.spaces[0]).toMatchObject({ area_ratio: null, connected_spaces: ['달'] });
    expect(analysis.compliance?.overall_grade).toBe('불합격');
  });

  it('does not touch what it is given', () => {
    const { analysis, graph } = makeLabel((label) => (label.bay_count = 1));
    const before = structuredClone(analysis);
    if (analysis !== null) reconcileLabel(analysis, graph);
    expect(analysis).toEqual(before);
  });
});
