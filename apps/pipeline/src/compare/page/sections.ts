import { OVERALL_GRADES } from '@arae/floorplan';
import { CLAIM_KINDS, GROUNDING_WEIGHTS, METRICS, describeStep } from '@arae/quality-metrics';
import type { GroundingMetricName, MetricName } from '@arae/quality-metrics';
import { escapeXml } from '../../escape-xml.ts';
import { openDifferences, peopleAgainst } from '../doubts.ts';
import type { QualityReport } from '../quality-report.ts';
import type { TeacherReport } from '../teacher-report.ts';
import { both, bothLines, figure, percent, table } from '../../page/bilingual.ts';
import { barChart, colourOf, intervalChart, spreadChart, stackedChart } from '../../page/charts.ts';
import { kindLine, kindText, metricLine, metricText, nameLine, nameText, originText } from './texts.ts';

/** Best to worst, and none; each tells from its neighbours in lightness too. */
const GRADE_COLOURS = ['#0b5fa5', '#0f766e', '#a16207', '#c2410c', '#9f1239', '#6b7280'];

export function decisionSection({ decision, comparison, reviews }: QualityReport): string {
  const { winner } = decision;
  const answer =
    winner === null
      ? both('선정된 모델 없음', 'No winner')
      : `${both('선정:', 'Chosen:')} <strong>${nameText(winner)}</strong>`;
  const steps = decision.steps.map(
    (step) => `<li>${both(escapeXml(describeStep(step, 'ko')), escapeXml(describeStep(step)))}</li>`,
  );
  for (const { first, second, furtherItems } of openDifferences(comparison)) {
    const [a, b] = [nameText(first), nameText(second)];
    steps.push(
      `<li>${both(
        `이 표본만으로는 ${a}와(과) ${b}의 차이가 임계값 이내인지 판단할 수 없다${furtherItems === null ? '' : ` (도면 약 ${furtherItems.toLocaleString('en')}장이 더 필요함)`}.`,
        `Whether ${a} and ${b} lie within the threshold cannot be told from this sample${furtherItems === null ? '' : ` (about ${furtherItems.toLocaleString('en')} further drawings would tell)`}.`,
      )}</li>`,
    );
  }
  for (const { winner: preferred, winRate } of peopleAgainst(winner, reviews.summary)) {
    steps.push(
      `<li>${both(
        `사람은 ${nameText(preferred)}을(를) 더 자주 골랐다(${winRate.of}장 중 ${winRate.count}장).`,
        `People prefer ${nameText(preferred)} (${winRate.count} of ${winRate.of} drawings).`,
      )}</li>`,
    );
  }
  const simulated = comparison.teachers.reduce((sum, teacher) => sum + teacher.simulated, 0);
  const note =
    simulated === 0
      ? ''
      : `<p class="note">${both(
          `라벨 ${simulated}개는 시뮬레이터가 만든 것이므로 실제 모델에 대한 결과가 아니다.`,
          `${simulated} labels were made by the simulator: this says nothing about real models.`,
        )}</p>`;
  return `<p class="answer">${answer}</p><ul>${steps.join('')}</ul>${note}`;
}

export function totalsSection({ comparison, settings }: QualityReport): string {
  const { teachers, differences } = comparison;
  const best = Math.max(
    ...teachers.filter(({ kind }) => kind === 'teacher').map(({ total }) => total),
    // Without a teacher there is no band.
    Number.NEGATIVE_INFINITY,
  );
  const band = Number.isFinite(best) ? ([best - settings.threshold, best] as const) : null;
  const chart = intervalChart(
    '총점과 95 % 신뢰구간 / totals with 95 % intervals',
    teachers.map((teacher, index) => ({
      name: nameLine(teacher.name),
      ...teacher.totalInterval,
      colour: colourOf(index),
      isFaint: teacher.kind === 'reference',
    })),
    band,
    (value) => value.toFixed(3),
  );
  const verdicts = {
    within: both('임계값 이내', 'within the threshold'),
    beyond: both('임계값 초과', 'beyond the threshold'),
    open: both('판정 불가', 'cannot be told'),
  };
  return `<p>${both(
    `점은 총점, 선은 짝지은 부트스트랩 95 % 신뢰구간이다. 음영은 최고점과 ${settings.threshold} 이내로, 동점으로 본다.`,
    `Dots are totals, lines paired bootstrap intervals of 95 %. Shaded: within ${settings.threshold} of the best, which counts as equal.`,
  )}</p>${chart}
<h3>${both('총점 차이', 'Differences of the totals')}</h3>
${table(
  [
    both('비교', 'pair'),
    both('차이', 'difference'),
    both('95 % 구간', '95 % interval'),
    both('판정', 'verdict'),
    both('추가로 필요한 도면', 'further drawings needed'),
  ],
  differences.map(({ first, second, mean, low, high, verdict, furtherItems }) => [
    `${nameText(first)} − ${nameText(second)}`,
    mean.toFixed(4),
    `${low.toFixed(4)} … ${high.toFixed(4)}`,
    verdicts[verdict],
    furtherItems === null ? '–' : furtherItems.toLocaleString('en'),
  ]),
)}`;
}

export function metricsSection({ comparison }: QualityReport): string {
  const { teachers, passFail } = comparison;
  const names = Object.keys(METRICS) as MetricName[];
  const chart = barChart(
    '지표별 평균 / means by metric',
    names.map((name) => ({
      name: metricLine(name),
      values: teachers.map(({ scores }) => scores.metrics[name]),
    })),
    teachers.map(({ name }) => name),
  );
  return `${legend(teachers)}${chart}
${table(
  [both('지표', 'metric'), both('가중치', 'weight'), ...teachers.map(({ name }) => nameText(name))],
  [
    ...names.map((name) => [
      metricText(name),
      METRICS[name].weight.toFixed(2),
      ...teachers.map(({ scores }) => figure(scores.metrics[name])),
    ]),
    [both('합계', 'total'), '1.00', ...teachers.map(({ scores }) => figure(scores.total, 4))],
    [
      both('첫 시도 성공률', 'first-try rate'),
      '–',
      ...teachers.map(({ firstTry }) => (firstTry === null ? '–' : percent(firstTry))),
    ],
  ],
)}
<h3>${both('합격·불합격 지표의 McNemar 검정', "McNemar's test of pass and fail")}</h3>
${table(
  [
    both('지표', 'metric'),
    both('비교', 'pair'),
    both('앞쪽만 통과', 'only the first passes'),
    both('뒤쪽만 통과', 'only the second passes'),
    'p',
  ],
  passFail
    .filter(({ onlyFirst, onlySecond }) => onlyFirst + onlySecond > 0)
    .map(({ metric, first, second, onlyFirst, onlySecond, pValue }) => [
      metricText(metric),
      `${nameText(first)} / ${nameText(second)}`,
      String(onlyFirst),
      String(onlySecond),
      pValue < 0.0001 ? '< 0.0001' : pValue.toFixed(4),
    ]),
)}
<p class="note">${both('차이가 없는 조합은 생략한다.', 'Pairs that never differ are left out.')}</p>`;
}

export function groundingSection({ comparison }: QualityReport): string {
  const { teachers } = comparison;
  // Prose counts as a claim only where the graph denies it, so that there is no share of true ones.
  const kinds = CLAIM_KINDS.filter((kind) => kind !== 'items' && kind !== 'texts');
  const chart = barChart(
    '종류별 참인 주장의 비율 / share of true claims by kind',
    kinds.map((kind) => ({
      name: kindLine(kind),
      values: teachers.map(({ grounding }) => trueShare(grounding.kinds[kind])),
    })),
    teachers.map(({ name }) => name),
  );
  const names = Object.keys(GROUNDING_WEIGHTS) as GroundingMetricName[];
  return `<p>${both(
    '그래프로 확인할 수 있는 주장을 그래프와 대조한 결과이다.',
    'Every claim that the graph can decide, held against the graph.',
  )}</p>${legend(teachers)}${chart}
${table(
  ['', ...teachers.map(({ name }) => nameText(name))],
  [
    ...names.map((name) => [
      `${metricText(name)} (${GROUNDING_WEIGHTS[name].toFixed(2)})`,
      ...teachers.map(({ grounding }) => figure(grounding.metrics[name])),
    ]),
    [both('합계', 'total'), ...teachers.map(({ grounding }) => figure(grounding.total, 4))],
    [
      both('라벨당 모순', 'contradictions per label'),
      ...teachers.map(({ grounding }) => figure(grounding.contradictions.perLabel, 2)),
    ],
    [
      both('라벨당 심각한 모순', 'severe ones per label'),
      ...teachers.map(({ grounding }) => figure(grounding.contradictions.severePerLabel, 2)),
    ],
    [
      both('지어낸 공간(라벨 수)', 'invented spaces (labels)'),
      ...teachers.map(
        ({ grounding: { inventedSpaces } }) => `${inventedSpaces.count} (${inventedSpaces.labels})`,
      ),
    ],
    [
      both('등급: 일치 / 한 단계 / 부정됨', 'grade: same / one step / denied'),
      ...teachers.map(
        ({ grounding: { grades } }) => `${grades.same} / ${grades.one_step} / ${grades.denied}`,
      ),
    ],
    ...CLAIM_KINDS.map((kind) => [
      `${kindText(kind)}: ${both('부정됨 / 전체', 'denied / all')}`,
      ...teachers.map(({ grounding }) => {
        const { claims, denied } = grounding.kinds[kind];
        return kind !== 'items' && kind !== 'texts' ? `${denied} / ${claims}` : `${denied} / –`;
      }),
    ]),
  ],
)}`;
}

export function originsSection({ comparison }: QualityReport): string {
  return table(
    [
      both('모델', 'teacher'),
      both('경로', 'how it came about'),
      both('라벨', 'labels'),
      both('평균 총점', 'mean total'),
      both('라벨당 모순', 'contradictions per label'),
    ],
    comparison.teachers
      .filter(({ kind }) => kind === 'teacher')
      .flatMap(({ name, origins }) =>
        origins.map(({ origin, labels, total, contradictionsPerLabel }) => [
          nameText(name),
          originText(origin),
          String(labels),
          total.toFixed(4),
          figure(contradictionsPerLabel, 2),
        ]),
      ),
  );
}

export function costSection({ comparison }: QualityReport): string {
  return table(
    [
      both('모델', 'teacher'),
      both('라벨당 비용(USD)', 'USD per label'),
      both('라벨당 답변', 'answers per label'),
      both('입력 / 출력 토큰', 'tokens in / out'),
      both('응답 시간 중앙값 · 최대', 'latency, median · longest'),
    ],
    comparison.teachers.map((teacher) => [
      nameText(teacher.name) + (teacher.model === null ? '' : ` <small>${escapeXml(teacher.model)}</small>`),
      figure(teacher.costPerLabel, 6),
      figure(teacher.answersPerLabel, 2),
      teacher.tokensPerLabel === null
        ? '–'
        : `${Math.round(teacher.tokensPerLabel.input)} / ${Math.round(teacher.tokensPerLabel.output)}`,
      teacher.latencyMs === null
        ? '–'
        : `${(teacher.latencyMs.median / 1000).toFixed(2)} s · ${(teacher.latencyMs.max / 1000).toFixed(2)} s`,
    ]),
  );
}

export function shapesSection({ comparison }: QualityReport): string {
  const { teachers, trueGrades } = comparison;
  const keys = [...OVERALL_GRADES, 'none'] as const;
  const parts = (grades: TeacherReport['grades']) =>
    keys.map((label, index) => ({
      label,
      count: grades[label],
      colour: GRADE_COLOURS[index] as string,
    }));
  const gradeLegend = keys.map(
    (grade, index) =>
      `<li><span style="background:${GRADE_COLOURS[index]}"></span>${grade === 'none' ? both('없음', 'none') : grade}</li>`,
  );
  const spreads = (pick: (teacher: TeacherReport) => TeacherReport['characters']) =>
    teachers.flatMap((teacher, index) => {
      const spread = pick(teacher);
      return spread === null ? [] : [{ name: nameLine(teacher.name), colour: colourOf(index), spread }];
    });
  return `<h3>${both('등급 분포', 'Grades')}</h3><ul class="legend">${gradeLegend.join('')}</ul>
${stackedChart('등급 분포 / grades', [
  { name: bothLines('기준표(그래프)', 'criteria (graph)'), parts: parts(trueGrades) },
  ...teachers.map(({ name, grades }) => ({ name: nameLine(name), parts: parts(grades) })),
])}
<h3>${both('라벨 길이(JSON 문자 수)', 'Length of labels (characters of JSON)')}</h3>
${spreadChart(
  '라벨 길이 / length of labels',
  spreads(({ characters }) => characters),
)}
<h3>${both('공간 평가문 길이(문자 수)', 'Length of comments on spaces (characters)')}</h3>
${spreadChart(
  '평가문 길이 / length of comments',
  spreads(({ commentCharacters }) => commentCharacters),
)}`;
}

export function legend(teachers: readonly { name: string }[]): string {
  return `<ul class="legend">${teachers
    .map(({ name }, index) => `<li><span style="background:${colourOf(index)}"></span>${nameText(name)}</li>`)
    .join('')}</ul>`;
}

function trueShare({ claims, denied }: { claims: number; denied: number }): number | null {
  return claims === 0 ? null : 1 - denied / claims;
}
