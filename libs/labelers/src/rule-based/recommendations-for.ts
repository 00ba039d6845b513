import { hasWindow } from '@arae/floorplan';
import type { PlanView, Rubric } from '@arae/floorplan';

/** What could be better, most important first; bathrooms and the common space are advice without effect on the grade. */
export function recommendationsFor(view: PlanView, rubric: Rubric): string[] {
  const advice: string[] = [];
  if (!rubric.mustMet && rubric.mainBedroom !== null) {
    advice.push(`${rubric.mainBedroom.name}에 외기에 면한 창을 두어 필수 채광 기준을 충족한다.`);
  }
  if (rubric.windowlessKitchens.length > 0) {
    advice.push(
      `${rubric.windowlessKitchens.map(({ name }) => name).join(', ')}에 창을 두거나 환기 설비를 보강한다.`,
    );
  }
  if (rubric.levels.채광 !== 'suitable') {
    advice.push('외벽에 면하는 공간을 늘려 전면 Bay와 자연 채광을 확보한다.');
  }
  if (rubric.levels.가족융화 !== 'suitable') {
    advice.push(
      rubric.familyRatio < 30
        ? '거실과 주방을 넓혀 가족이 함께 쓰는 면적을 늘린다.'
        : '거실과 주방에 치우친 면적을 다른 용도로 나누어 균형을 맞춘다.',
    );
  }
  if (rubric.levels.수납 !== 'suitable') {
    advice.push('팬트리, 드레스룸, 붙박이장 등 수납 면적을 실내 면적의 10% 이상으로 늘린다.');
  }
  const darkBathrooms = view.spaces.filter((space) => space.category === '화장실' && !hasWindow(space));
  if (darkBathrooms.length > 0) {
    advice.push(
      `${darkBathrooms.map(({ name }) => name).join(', ')}에는 창이 없으므로 기계 환기를 충분히 계획한다.`,
    );
  }
  if (advice.length === 0) advice.push('주요 기준을 모두 충족하므로 현재의 공간 구성을 유지한다.');
  return advice;
}
