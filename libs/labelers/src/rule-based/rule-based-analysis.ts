import { evaluateRubric } from '@arae/floorplan';
import type { FloorPlanAnalysis, PlanView } from '@arae/floorplan';
import { complianceOf } from './compliance-of.ts';
import { describeDesign } from './describe-design.ts';
import { describeSpace } from './describe-space.ts';
import { recommendationsFor } from './recommendations-for.ts';

const VENTILATION = { suitable: '우수', slight: '양호', severe: '미흡' } as const;

/**
 * Writes a complete and correct analysis straight from the plan view and the rubric, without any model: the free baseline,
 * and the knowledge of the teacher simulator. Every claim in it can be checked against the graph and holds.
 */
export function ruleBasedAnalysis(view: PlanView): FloorPlanAnalysis {
  const rubric = evaluateRubric(view);
  const { statistics } = view;
  return {
    image_name: view.image_name,
    structure_type: statistics.structure_type,
    bay_count: statistics.bay_count,
    total_spaces: statistics.space_count,
    room_count: statistics.room_count,
    bathroom_count: statistics.bathroom_count,
    balcony_ratio: statistics.balcony_ratio,
    windowless_ratio: statistics.windowless_ratio,
    ventilation_quality:
      rubric.levels.환기 === 'severe' && statistics.structure_type === '판상형'
        ? '보통'
        : VENTILATION[rubric.levels.환기],
    summary: summarise(view, rubric.grade),
    spaces: view.spaces.map((space) => describeSpace(space)),
    design_evaluation: describeDesign(view, rubric),
    recommendations: recommendationsFor(view, rubric),
    compliance: complianceOf(view, rubric),
  };
}

function summarise({ statistics }: PlanView, grade: string): string {
  const { structure_type, bay_count, room_count, bathroom_count, space_count, windowless_ratio } = statistics;
  return (
    `${structure_type} ${bay_count}Bay 구조로 침실 ${room_count}개, 욕실 ${bathroom_count}개를 포함해 ` +
    `모두 ${space_count}개 공간으로 이루어져 있다. 창이 없는 실내 공간의 비율은 ${windowless_ratio}%이며, ` +
    `평가 기준에 따른 종합 등급은 ${grade}이다.`
  );
}
