import type { EvaluationCategory, PlanView, Rubric } from '@arae/floorplan';

/** 4 Bay and more is the best daylight, then 3 and 2. */
function baysInWords(bays: number): string {
  if (bays >= 4) return `전면 ${bays}Bay로 채광 조건이 최우수 수준이다`;
  if (bays === 3) return '전면 3Bay로 채광 조건이 우수하다';
  if (bays === 2) return '전면 2Bay로 채광 조건이 보통이다';
  return `전면 ${bays}Bay로 채광 조건이 불리하다`;
}

function kitchensInWords({ spaces }: PlanView, { windowlessKitchens }: Rubric): string {
  if (windowlessKitchens.length > 0) {
    return `${windowlessKitchens.map(({ name }) => name).join(', ')}에 창이 없어 조리 공간의 환기가 어렵다`;
  }
  return spaces.some(({ category }) => category === '주방' || category === '주방및식당')
    ? '주방에 창이 있어 조리 공간의 자연 환기가 가능하다'
    : '도면에서 주방이 확인되지 않는다';
}

/** One sentence or two per item of the rubric, with the figures that decide it. */
export function describeDesign(view: PlanView, rubric: Rubric): Record<EvaluationCategory, string> {
  const { statistics } = view;
  return {
    채광: `${baysInWords(statistics.bay_count)}. 창이 없는 실내 공간은 ${statistics.windowless_ratio}%로 기준 30%를 ${statistics.windowless_ratio <= 30 ? '지킨다' : '넘는다'}.`,
    환기: `${statistics.structure_type} 구조로 ${statistics.structure_type === '판상형' ? '맞통풍에 유리하며' : '맞통풍이 제한되며'}, ${kitchensInWords(view, rubric)}.`,
    가족융화: `거실과 주방이 실내 면적의 ${rubric.familyRatio}%를 차지한다. 기준은 30~40%이다.`,
    수납: `수납 공간이 실내 면적의 ${rubric.storageRatio}%를 차지한다. 기준은 10% 이상이다.`,
  };
}
