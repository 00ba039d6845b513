import { evaluateRubric } from '@arae/floorplan';
import { pick } from '../seeded/pick.ts';
import type { Mistake } from './mistake.ts';

const INVENTED_SPACES = [
  { name: '알파룸', type: '특화공간' },
  { name: '팬트리', type: '특화공간' },
  { name: '서재', type: '개인공간' },
] as const;

/** What the simulated OpenAI teacher gets wrong: windows, spaces and bays. */
export const OPENAI_MISTAKES: readonly Mistake[] = [
  {
    name: 'main bedroom without window',
    apply(analysis, view) {
      const { mainBedroom, mustMet } = evaluateRubric(view);
      const space = analysis.spaces.find(({ space_name }) => space_name === mainBedroom?.name);
      const { compliance } = analysis;
      if (!mustMet || space === undefined || compliance === null) return false;
      space.has_window = false;
      space.evaluation_comment = '외부 창이 없어 채광과 환기가 어렵다.';
      compliance.overall_grade = '불합격';
      compliance.compliant_items = compliance.compliant_items.filter((item) => !item.startsWith('안방 창'));
      compliance.non_compliant_items.unshift({
        category: '채광',
        item: '안방 창 설치(필수)',
        reason: `${space.space_name}에 외부 창이 없다`,
        recommendation: '안방을 외기에 면하게 옮기거나 창을 계획한다',
      });
      compliance.summary = '필수 기준인 안방 창이 없어 불합격이다.';
      return true;
    },
  },
  {
    name: 'wrong window',
    apply(analysis, view, random) {
      const inside = new Set(view.spaces.filter(({ is_outside }) => !is_outside).map(({ name }) => name));
      const space = pick(
        analysis.spaces.filter(({ space_name }) => inside.has(space_name)),
        random,
      );
      if (space === undefined) return false;
      space.has_window = !space.has_window;
      return true;
    },
  },
  {
    name: 'invented space',
    apply(analysis, view, random) {
      const names = view.spaces.map(({ name }) => name);
      const space = pick(
        INVENTED_SPACES.filter(({ name }) => !names.some((existing) => existing.includes(name))),
        random,
      );
      if (space === undefined) return false;
      analysis.spaces.push({
        space_name: space.name,
        space_type: space.type,
        area_m2: null,
        area_ratio: 2.5,
        has_window: false,
        features: [],
        connected_spaces: [],
        evaluation_comment: '수납과 여가에 쓸 수 있는 공간이다.',
      });
      return true;
    },
  },
  {
    name: 'wrong bay count',
    apply(analysis, _view, random) {
      analysis.bay_count += analysis.bay_count === 0 || random.integer(2) === 0 ? 1 : -1;
      return true;
    },
  },
];
