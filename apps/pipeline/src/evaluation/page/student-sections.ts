import { CLAIM_KINDS, GROUNDING_WEIGHTS, METRICS } from '@arae/quality-metrics';
import type { GroundingMetricName, MetricName } from '@arae/quality-metrics';
import { both, figure, percent, table } from '../../page/bilingual.ts';
import { barChart, colourOf } from '../../page/charts.ts';
import { kindText, metricLine, metricText } from '../../compare/page/texts.ts';
import { escapeXml } from '../../escape-xml.ts';
import type { EvaluationReport } from '../evaluation-report.ts';
import type { RowNote, SubjectReport } from '../subject-report.ts';
import { subjectHead, subjectText, subjectTitle } from './subject-texts.ts';

export function verdictSection({ gate, rows, subjects, base_report: base }: EvaluationReport): string {
  const bar = percent(gate.min_schema_compliance);
  const answer = gate.passed
    ? `<strong class="passed">${both('합격', 'Passed')}</strong> ${both(`스키마 준수율이 ${bar} 이상이다.`, `schema compliance is ${bar} or more.`)}`
    : `<strong class="missed">${both('불합격', 'Missed')}</strong> ${both(`스키마 준수율이 ${bar}에 미치지 못한다.`, `schema compliance is under ${bar}.`)}`;
  const notes = [
    ...(subjects.some(({ is_simulated }) => is_simulated)
      ? [
          both(
            '시뮬레이터가 답했으므로 실제 모델에 대한 결과가 아니다.',
            'The simulator answered: this says nothing about a real model.',
          ),
        ]
      : []),
    rows.seen_by_training
      ? both(
          '평가에 쓴 val.jsonl은 학습 중 가장 좋은 단계를 고르는 데도 쓰였다(검증 = 시험). 학습이 한 번도 보지 못한 행으로 평가하려면 dataset.testRatio를 설정한다.',
          'These rows (val.jsonl) also chose the best step of the training: validation and test are the same. dataset.testRatio sets rows aside that the training never sees.',
        )
      : both(
          '학습에 쓰이지 않은 test.jsonl로 평가했다.',
          'These rows (test.jsonl) were never seen by the training.',
        ),
    ...(rows.without_graph.length > 0
      ? [
          both(
            `${rows.without_graph.length}행은 도면을 찾지 못해 그래프와 대조하지 못했다(${rows.without_graph.slice(0, 20).join(', ')}행).`,
            `${rows.without_graph.length} rows are of no drawing in the data folder and could not be held against a graph (lines ${rows.without_graph.slice(0, 20).join(', ')}).`,
          ),
        ]
      : []),
    ...(base === null
      ? []
      : [
          base.same_rows
            ? both(
                `원본 모델의 값은 ${escapeXml(base.file)}에서 왔다.`,
                `The base model's figures are from ${escapeXml(base.file)}.`,
              )
            : both(
                `원본 모델의 값(${escapeXml(base.file)})은 다른 행으로 잰 것이므로 비교할 수 없다.`,
                `The base model's figures (${escapeXml(base.file)}) are of other rows and cannot be compared.`,
              ),
        ]),
  ];
  return `<p class="answer">${answer}</p>
${table(
  [
    both('모델', 'model'),
    both('스키마 준수', 'schema compliance'),
    both('심각한 모순 없음', 'without severe contradiction'),
    both('지표 합계', 'eight metrics'),
    both('필드 일치', 'fields as the teacher'),
    both('chrF2', 'chrF2'),
  ],
  subjects.map((subject) => [
    subjectText(subject),
    subject.role === 'teacher' ? '–' : percent(subject.schema_compliance),
    withoutSevere(subject),
    figure(subject.metrics_total, 4),
    subject.agreement === null ? '–' : percent(subject.agreement.mean),
    figure(subject.text?.prose.chrf2 ?? null, 1),
  ]),
)}
<ul class="note">${notes.map((note) => `<li>${note}</li>`).join('')}</ul>`;
}

export function answersSection({ subjects }: EvaluationReport): string {
  const asked = subjects.filter(({ role }) => role !== 'teacher');
  const row = (name: string, cell: (subject: SubjectReport) => string) => [name, ...asked.map(cell)];
  const notes = asked.flatMap((subject) => [
    ...subject.rejected.map((note) => noteRow(subject, note)),
    ...subject.unanswered.map((note) => noteRow(subject, note)),
  ]);
  return `${table(
    ['', ...asked.map(subjectHead)],
    [
      row(both('행', 'rows'), ({ rows }) => String(rows)),
      row(both('JSON 유효', 'JSON as it came'), ({ json_validity }) => percent(json_validity)),
      row(both('스키마 준수(그대로 분석으로 읽힘)', 'an analysis as it came'), ({ schema_compliance }) =>
        percent(schema_compliance),
      ),
      row(both('엄격한 스키마까지 준수', 'keeps to the strict schema too'), ({ strict_compliance }) =>
        percent(strict_compliance),
      ),
      row(both('출력 한도에서 잘림', 'cut off at the output limit'), ({ cut }) => String(cut)),
      row(both('거절', 'refused'), ({ refused }) => String(refused)),
      row(both('JSON 복구 필요', 'punctuation mended'), ({ repaired }) => String(repaired)),
      row(both('생각을 덧붙임', 'thinks aloud'), ({ thought_aloud }) => String(thought_aloud)),
      row(both('서버가 답하지 않음', 'no answer of the server'), ({ unanswered }) =>
        String(unanswered.length),
      ),
    ],
  )}
<p class="note">${both('답이 없거나 분석이 아닌 행은 모든 지표에서 0으로 센다.', 'Rows without an answer, and answers that are no analysis, count 0 everywhere.')}</p>
${
  notes.length === 0
    ? ''
    : `<div id="notes">${table([both('모델', 'model'), both('행', 'line'), both('도면', 'drawing'), both('까닭', 'why')], notes.slice(0, NOTES_SHOWN))}</div>${notes.length > NOTES_SHOWN ? `<p class="note">${both(`그 밖에 ${notes.length - NOTES_SHOWN}행은 evaluation_report.json에 있다.`, `${notes.length - NOTES_SHOWN} more are in evaluation_report.json.`)}</p>` : ''}`
}`;
}

const NOTES_SHOWN = 30;

function noteRow(subject: SubjectReport, { line, stem, reason }: RowNote): string[] {
  return [subjectText(subject), String(line), escapeXml(stem ?? '–'), escapeXml(reason)];
}

export function groundingSection({ subjects }: EvaluationReport): string {
  if (subjects.every(({ grounding }) => grounding === null)) return noGraphs();
  const row = (name: string, cell: (of: NonNullable<SubjectReport['grounding']>) => string) => [
    name,
    ...subjects.map(({ grounding }) => (grounding === null ? '–' : cell(grounding))),
  ];
  const names = Object.keys(GROUNDING_WEIGHTS) as GroundingMetricName[];
  return `${table(
    ['', ...subjects.map(subjectHead)],
    [
      [
        '<strong>' + both('심각한 모순이 없는 분석', 'analyses without severe contradiction') + '</strong>',
        ...subjects.map(withoutSevere),
      ],
      row(both('분석당 심각한 모순', 'severe per analysis'), ({ contradictions }) =>
        figure(contradictions.severe_per_label, 2),
      ),
      row(both('분석당 경미한 모순', 'minor per analysis'), ({ contradictions }) =>
        figure(contradictions.minor_per_label, 2),
      ),
      row(
        both('지어낸 공간(분석 수)', 'invented spaces (analyses)'),
        ({ invented_spaces: { count, labels } }) => `${count} (${labels})`,
      ),
      row(
        both('등급: 일치 / 한 단계 / 부정됨', 'grade: same / one step / denied'),
        ({ grades_against_rubric: grades }) =>
          `${grades['same'] ?? 0} / ${grades['one_step'] ?? 0} / ${grades['denied'] ?? 0}`,
      ),
      ...names.map((name) => row(metricText(name), ({ metrics }) => figure(metrics[name] ?? null))),
      row(both('합계', 'total'), ({ total }) => figure(total, 4)),
      ...CLAIM_KINDS.map((kind) =>
        row(`${kindText(kind)}: ${both('부정됨 / 전체', 'denied / all')}`, ({ claims }) => {
          const count = claims[kind];
          if (count === undefined) return '–';
          return kind === 'items' || kind === 'texts'
            ? `${count.denied} / –`
            : `${count.denied} / ${count.claims}`;
        }),
      ),
    ],
  )}`;
}

function withoutSevere({ grounding }: SubjectReport): string {
  if (grounding === null || grounding.labels === 0) return '–';
  const { without_severe: count, labels } = grounding;
  return `${percent(count / labels)} <small>(${count}/${labels})</small>`;
}

export function metricsSection({ subjects }: EvaluationReport): string {
  if (subjects.every(({ metrics }) => metrics === null)) return noGraphs();
  const names = Object.keys(METRICS) as MetricName[];
  return `${legend(subjects)}${barChart(
    '지표별 평균 / means by metric',
    names.map((name) => ({
      name: metricLine(name),
      values: subjects.map(({ metrics }) => metrics?.[name] ?? null),
    })),
    subjects.map(subjectTitle),
  )}
${table(
  [both('지표', 'metric'), both('가중치', 'weight'), ...subjects.map(subjectHead)],
  [
    ...names.map((name) => [
      metricText(name),
      METRICS[name].weight.toFixed(2),
      ...subjects.map(({ metrics }) => figure(metrics?.[name] ?? null)),
    ]),
    [both('합계', 'total'), '1.00', ...subjects.map(({ metrics_total }) => figure(metrics_total, 4))],
  ],
)}`;
}

export function agreementSection({ subjects }: EvaluationReport): string {
  const asked = subjects.filter(({ agreement }) => agreement !== null);
  const fields = Object.keys(asked[0]?.agreement?.fields ?? {});
  return `<p>${both(
    '교사의 답과 값이 똑같은 비율이다. 공간의 필드는 교사가 든 공간마다 한 번씩, 목록은 순서 없이 비교한다.',
    "Shares of exactly the teacher's value. Fields of spaces count once for every space of the teacher; lists are compared without their order.",
  )}</p>
${table(
  [both('필드', 'field'), ...asked.map(subjectHead)],
  [
    ...fields.map((field) => [
      `<code>${escapeXml(field)}</code>`,
      ...asked.map(({ agreement }) => {
        const count = agreement?.fields[field];
        return count === undefined || count.of === 0
          ? '–'
          : `${percent(count.equal / count.of)} <small>(${count.equal}/${count.of})</small>`;
      }),
    ]),
    [
      `<strong>${both('필드 평균', 'mean of the fields')}</strong>`,
      ...asked.map(({ agreement }) => (agreement === null ? '–' : percent(agreement.mean))),
    ],
  ],
)}`;
}

export function textSection({ subjects, signatures }: EvaluationReport): string {
  const asked = subjects.filter(({ text }) => text !== null);
  const row = (name: string, cell: (text: NonNullable<SubjectReport['text']>) => string) => [
    name,
    ...asked.map(({ text }) => (text === null ? '–' : cell(text))),
  ];
  return `<p>${both(
    '교사의 문장과 글자 단위로 얼마나 닮았는지 잰다. 닮지 않아도 옳을 수 있다.',
    "How alike the sentences are to the teacher's, by characters. Another wording can be right too.",
  )}</p>
${table(
  ['', ...asked.map(subjectHead)],
  [
    row(`${both('문장', 'sentences')}: chrF2`, ({ prose }) => figure(prose.chrf2, 2)),
    row(`${both('문장', 'sentences')}: BLEU`, ({ prose }) => figure(prose.bleu, 2)),
    row(`${both('문장', 'sentences')}: ROUGE-L`, ({ prose }) => figure(prose.rouge_l)),
    row(`${both('답 전체(JSON)', 'whole answer (JSON)')}: chrF2`, ({ answer }) => figure(answer.chrf2, 2)),
    row(`${both('답 전체(JSON)', 'whole answer (JSON)')}: BLEU`, ({ answer }) => figure(answer.bleu, 2)),
    row(`${both('답 전체(JSON)', 'whole answer (JSON)')}: ROUGE-L`, ({ answer }) => figure(answer.rouge_l)),
  ],
)}
<p class="note">chrF2 <code>${escapeXml(signatures.chrf2)}</code> · BLEU <code>${escapeXml(signatures.bleu)}</code> · ROUGE-L <code>${escapeXml(signatures.rouge_l)}</code></p>`;
}

export function speedSection({ subjects }: EvaluationReport): string {
  const asked = subjects.filter(({ role }) => role !== 'teacher');
  const row = (name: string, cell: (speed: NonNullable<SubjectReport['speed']>) => string) => [
    name,
    ...asked.map(({ speed }) => (speed === null ? '–' : cell(speed))),
  ];
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const perSecond = (value: number | undefined) =>
    value === undefined ? '–' : value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
  const whole = (value: number | null) => (value === null ? '–' : Math.round(value).toLocaleString('en'));
  return `${table(
    ['', ...asked.map(subjectHead)],
    [
      row(both('응답 시간 p50', 'latency, p50'), ({ latency_ms }) => seconds(latency_ms.p50)),
      row(both('응답 시간 p90', 'latency, p90'), ({ latency_ms }) => seconds(latency_ms.p90)),
      row(both('응답 시간 최대', 'latency, longest'), ({ latency_ms }) => seconds(latency_ms.max)),
      row(
        both('초당 토큰: 한 답(중앙값)', 'tokens per second: of one answer (median)'),
        ({ tokens_per_second: rate }) => perSecond(rate?.per_answer),
      ),
      row(both('초당 토큰: 전체', 'tokens per second: all together'), ({ tokens_per_second: rate }) =>
        perSecond(rate?.together),
      ),
      row(both('입력 토큰', 'tokens in'), ({ input_tokens }) => whole(input_tokens)),
      row(both('출력 토큰', 'tokens out'), ({ output_tokens }) => whole(output_tokens)),
    ],
  )}`;
}

const noGraphs = (): string =>
  `<p>${both('도면을 찾은 행이 없어 잴 수 없다.', 'No row is of a drawing in the data folder, so this cannot be measured.')}</p>`;

function legend(subjects: readonly SubjectReport[]): string {
  return `<ul class="legend">${subjects
    .map(
      (subject, index) =>
        `<li><span style="background:${colourOf(index)}"></span>${subjectText(subject)}</li>`,
    )
    .join('')}</ul>`;
}
