import type { Compliance, EvaluationCategory, NonCompliantItem, PlanView, Rubric } from '@arae/floorplan';

interface Finding {
  category: EvaluationCategory;
  item: string;
  isMet: boolean;
  fact: string;
  recommendation: string;
}

/** Holds the plan against every single criterion and sums up the grade. */
export function complianceOf(view: PlanView, rubric: Rubric): Compliance {
  const findings = findingsOn(view, rubric);
  const missed = findings.filter(({ isMet }) => !isMet);
  return {
    overall_grade: rubric.grade,
    compliant_items: findings.filter(({ isMet }) => isMet).map(({ item, fact }) => `${item}: ${fact}`),
    non_compliant_items: missed.map(({ category, item, fact, recommendation }): NonCompliantItem => ({
      category,
      item,
      reason: fact,
      recommendation,
    })),
    summary: summarise(rubric, missed.length),
  };
}

function findingsOn({ statistics }: PlanView, rubric: Rubric): Finding[] {
  const findings: Finding[] = [];
  if (rubric.mainBedroom !== null) {
    findings.push({
      category: '채광',
      item: '안방 창 설치(필수)',
      isMet: rubric.mustMet,
      fact: `${rubric.mainBedroom.name}에 창이 ${rubric.mustMet ? '있다' : '없다'}`,
      recommendation: '안방을 외기에 면하게 옮기거나 창을 계획한다',
    });
  }
  findings.push(
    {
      category: '채광',
      item: '전면 3Bay 이상',
      isMet: statistics.bay_count >= 3,
      fact: `전면 ${statistics.bay_count}Bay이다`,
      recommendation: '거실과 같은 방향으로 침실을 더 배치해 전면 폭을 넓힌다',
    },
    {
      category: '채광',
      item: '창 없는 공간 30% 이하',
      isMet: statistics.windowless_ratio <= 30,
      fact: `창이 없는 실내 공간이 ${statistics.windowless_ratio}%이다`,
      recommendation: '욕실과 드레스룸 등 내부 공간의 외벽 배치를 검토한다',
    },
    {
      category: '환기',
      item: '판상형 구조',
      isMet: statistics.structure_type === '판상형',
      fact: `${statistics.structure_type} 구조이다`,
      recommendation: '거실과 주방의 창이 마주 보도록 배치해 맞통풍을 확보한다',
    },
    {
      category: '환기',
      item: '주방 창 설치',
      isMet: rubric.windowlessKitchens.length === 0,
      fact:
        rubric.windowlessKitchens.length === 0
          ? '창이 없는 주방이 없다'
          : `${rubric.windowlessKitchens.map(({ name }) => name).join(', ')}에 창이 없다`,
      recommendation: '주방을 외벽 쪽으로 옮겨 창을 두거나 환기 설비를 보강한다',
    },
    {
      category: '가족융화',
      item: '거실·주방 면적 30~40%',
      isMet: rubric.levels.가족융화 === 'suitable',
      fact: `거실과 주방이 실내 면적의 ${rubric.familyRatio}%이다`,
      recommendation:
        rubric.familyRatio < 30
          ? '거실과 주방을 함께 넓혀 가족이 모이는 공간을 확보한다'
          : '공용 공간의 일부를 침실이나 수납으로 돌려 균형을 맞춘다',
    },
    {
      category: '수납',
      item: '수납 면적 10% 이상',
      isMet: rubric.levels.수납 === 'suitable',
      fact: `수납 공간이 실내 면적의 ${rubric.storageRatio}%이다`,
      recommendation: '팬트리나 드레스룸, 붙박이장을 더해 수납 면적을 늘린다',
    },
  );
  return findings;
}

function summarise(rubric: Rubric, missed: number): string {
  if (!rubric.mustMet) {
    return `필수 기준인 안방 창이 없어 다른 항목과 관계없이 ${rubric.grade}이다.`;
  }
  const suitable = Object.entries(rubric.levels)
    .filter(([, level]) => level === 'suitable')
    .map(([item]) => item);
  const praise = suitable.length === 0 ? '적합한 항목이 없고' : `${suitable.join(', ')} 항목이 적합하고`;
  return `${praise} 미달 기준은 ${missed}건으로 종합 등급은 ${rubric.grade}이다.`;
}
