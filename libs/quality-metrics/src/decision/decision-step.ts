/** A step on the way to the winner, as data: a page can word it in its own language. */
export type DecisionStep =
  | { kind: 'below_compliance'; name: string; schemaCompliance: number; minimum: number }
  | { kind: 'none_left' }
  | { kind: 'best'; name: string; total: number }
  | { kind: 'close'; threshold: number; candidates: { name: string; total: number }[] }
  | { kind: 'cheapest'; name: string; costPerLabel: number | null }
  | { kind: 'override'; name: string; byRule: string | null; reason: string };

/** The step as an English or Korean sentence. */
export function describeStep(step: DecisionStep, language: 'en' | 'ko' = 'en'): string {
  return language === 'en' ? inEnglish(step) : inKorean(step);
}

function inEnglish(step: DecisionStep): string {
  switch (step.kind) {
    case 'below_compliance':
      return `${step.name} is out: schema compliance ${step.schemaCompliance.toFixed(3)} is under ${step.minimum}.`;
    case 'none_left':
      return 'No teacher is left to win.';
    case 'best':
      return `${step.name} has the best total, ${step.total.toFixed(4)}.`;
    case 'close':
      return `Within ${step.threshold} of it: ${namesOf(step)}.`;
    case 'cheapest':
      return `${step.name} is the cheapest of them: ${
        step.costPerLabel === null ? 'its cost is not known' : `USD ${step.costPerLabel.toFixed(6)} per label`
      }.`;
    case 'override':
      return `A person chose ${step.name} instead of ${step.byRule ?? 'nobody'}: ${step.reason}`;
  }
}

function inKorean(step: DecisionStep): string {
  switch (step.kind) {
    case 'below_compliance':
      return `${step.name} 제외: 스키마 준수율 ${step.schemaCompliance.toFixed(3)}이(가) 기준 ${step.minimum}에 못 미친다.`;
    case 'none_left':
      return '기준을 통과한 교사 모델이 없다.';
    case 'best':
      return `총점이 가장 높은 모델은 ${step.name}이다(${step.total.toFixed(4)}).`;
    case 'close':
      return `최고점과의 차이가 ${step.threshold} 이내인 모델: ${namesOf(step)}.`;
    case 'cheapest':
      return `그중 가장 저렴한 모델은 ${step.name}이다(${
        step.costPerLabel === null ? '비용 알 수 없음' : `라벨당 USD ${step.costPerLabel.toFixed(6)}`
      }).`;
    case 'override':
      return `규칙에 따른 선택(${step.byRule ?? '없음'}) 대신 담당자가 ${step.name}을(를) 선택했다. 사유: ${step.reason}`;
  }
}

function namesOf({ candidates }: Extract<DecisionStep, { kind: 'close' }>): string {
  return candidates.map(({ name, total }) => `${name} (${total.toFixed(4)})`).join(', ');
}
