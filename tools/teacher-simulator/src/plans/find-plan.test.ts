import { describe, expect, it } from 'vitest';
import { makePlan, promptFor } from '../testing/make-plan.ts';
import { findPlan } from './find-plan.ts';

const user = (text: string) => ({ role: 'user', text }) as const;

describe('findPlan', () => {
  it('finds the plan among braces and quotes of free text', () => {
    expect(findPlan([{ role: 'system', text: '{"a":1}' }, user(promptFor(makePlan(3)))])).toEqual({
      view: makePlan(3),
      turn: 1,
    });
  });

  it('takes the last question that shows one, passing over a follow-up', () => {
    const turns = [
      user(promptFor(makePlan(1))),
      { role: 'assistant', text: '{}' } as const,
      user(promptFor(makePlan(2))),
      user('{"path":"/bay_count"}'),
    ];
    expect(findPlan(turns)).toEqual({ view: makePlan(2), turn: 2 });
  });

  it('finds a plan inside another object, and behind one that never ends', () => {
    const wrapped = JSON.stringify({ statistics: 1, plan: makePlan(4) });
    expect(findPlan([user(`{ "open": ${wrapped}`)])?.view).toEqual(makePlan(4));
  });

  it('has null for texts without a plan', () => {
    expect(findPlan([user('{"statistics":{"bay_count":2}} { {} "'), user('')])).toBeNull();
  });

  it('reads the legacy rendering, which has no windows, and numbers repeated labels', () => {
    const legacy = {
      image_info: { file_name: 'A.PNG' },
      nodes: [
        legacyNode('space_0', '거실', 0.2275),
        legacyNode('space_1', '침실', 0.0737),
        legacyNode('space_2', '침실', 0.0708),
        { ...legacyNode('space_3', '계단실', 0), is_outside: true, area_ratio: null },
      ],
      edges: [{ source_node: 'space_0', target_node: 'space_2', connection_type: 'door' }],
      statistics: { ...makePlan(0).statistics, total_image_area: 17410204, space_type_count: {} },
    };
    const found = findPlan([user(`도면\n${JSON.stringify(legacy, null, 2)}\n참고`)]);
    expect(found?.view).toMatchObject({
      image_name: 'A.PNG',
      statistics: makePlan(0).statistics,
      spaces: [
        { name: '거실', category: '거실', area_ratio: 22.75, connections: [{ to: '침실2', by: 'door' }] },
        { name: '침실1', label: '침실', category: '침실', windows: [], connections: [] },
        { name: '침실2', connections: [{ to: '거실', by: 'door' }] },
        { name: '계단실', is_outside: true, area_ratio: null },
      ],
    });
  });
});

function legacyNode(id: string, label: string, ratio: number) {
  return {
    node_id: id,
    label,
    space_type: '개인공간',
    is_outside: false,
    area: 405147.0,
    area_ratio: ratio,
    contains: { ocr_labels: [label], structures: ['doors', 'windows', 'walls'] },
  };
}
