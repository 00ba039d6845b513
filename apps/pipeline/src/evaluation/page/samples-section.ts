import { floorPlanAnalysisSchema } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { parseAnswer } from '@arae/labelers';
import { AGREEMENT_FIELDS, fieldAgreement } from '@arae/quality-metrics';
import { both, table } from '../../page/bilingual.ts';
import { escapeXml } from '../../escape-xml.ts';
import type { EvaluationReport, EvaluationSample, GraphDenial } from '../evaluation-report.ts';
import type { SubjectReport } from '../subject-report.ts';
import { subjectText } from './subject-texts.ts';

/** A column of a sample: what somebody said, as an analysis where it is one. */
interface Column {
  name: string;
  text: string | null;
  analysis: FloorPlanAnalysis | null;
  denial: GraphDenial;
}

/** The rows of the sample, each with the teacher's answer beside those of the models, in the first way that each was asked. */
export function samplesSection({ subjects, samples }: EvaluationReport): string {
  if (samples.rows.length === 0) return `<p>${both('표본이 없다.', 'There are no samples.')}</p>`;
  const asked = subjects.filter(({ role }) => role !== 'teacher').slice(0, samples.rows[0]?.answers.length);
  const shown = asked.flatMap((subject, index) =>
    asked.findIndex(({ role }) => role === subject.role) === index ? [{ subject, index }] : [],
  );
  const blocks = samples.rows.map((sample) => blockOf(sample, shown));
  // One is open: the first that shows a difference.
  const open = Math.max(
    0,
    blocks.findIndex(({ differing }) => differing > 0),
  );
  return `<p>${both(
    `시드 ${samples.seed}로 고른 ${samples.rows.length}행. 모델마다 먼저 물은 방식의 답을 보인다.`,
    `${samples.rows.length} rows, drawn with seed ${samples.seed}. Of each model the answer in the way that it was asked first.`,
  )}</p>
${blocks.map((block, index) => blockMarkup(block, index === open)).join('\n')}`;
}

interface Block {
  title: string;
  line: number;
  columns: readonly Column[];
  /** Fields in which the student is not the teacher's equal. */
  differing: number;
}

function blockOf(
  sample: EvaluationSample,
  shown: readonly { subject: SubjectReport; index: number }[],
): Block {
  const teacher = floorPlanAnalysisSchema.parse(JSON.parse(sample.teacher));
  const columns: Column[] = [
    {
      name: both('교사', 'teacher'),
      text: sample.teacher,
      analysis: teacher,
      denial: sample.against_graph.teacher,
    },
    ...shown.map(({ subject, index }) => {
      const text = sample.answers[index] ?? null;
      const denial = sample.against_graph.answers[index] ?? null;
      return { name: subjectText(subject), text, analysis: analysisIn(text), denial };
    }),
  ];
  return {
    title: sample.stem ?? teacher.image_name,
    line: sample.line,
    columns,
    differing: differingFields(columns[1]?.analysis ?? null, teacher),
  };
}

function blockMarkup({ title, line, columns, differing }: Block, isOpen: boolean): string {
  return `<details${isOpen ? ' open' : ''}><summary>${escapeXml(title)}<small>${both(
    `${line}행, 다른 필드 ${differing}개`,
    `line ${line}, ${differing} fields differ`,
  )}</small></summary>
<div class="fields">${factsTable(columns)}</div>
<div class="side">${columns.map((column) => `<div><h4>${column.name}</h4>${proseMarkup(column)}</div>`).join('')}</div>
</details>`;
}

function analysisIn(text: string | null): FloorPlanAnalysis | null {
  if (text === null) return null;
  const parsed = parseAnswer({ text, refusal: null, isCut: false });
  return parsed.isAccepted ? parsed.analysis : null;
}

function differingFields(analysis: FloorPlanAnalysis | null, teacher: FloorPlanAnalysis): number {
  const agreement = fieldAgreement(analysis, teacher);
  return AGREEMENT_FIELDS.filter((field) => agreement[field].equal < agreement[field].of).length;
}

const FACTS: readonly [name: string, read: (of: FloorPlanAnalysis) => string][] = [
  ['structure_type', ({ structure_type }) => structure_type],
  ['bay_count', ({ bay_count }) => String(bay_count)],
  ['room_count', ({ room_count }) => String(room_count)],
  ['bathroom_count', ({ bathroom_count }) => String(bathroom_count)],
  ['balcony_ratio', ({ balcony_ratio }) => String(balcony_ratio)],
  ['windowless_ratio', ({ windowless_ratio }) => String(windowless_ratio)],
  ['ventilation_quality', ({ ventilation_quality }) => ventilation_quality],
  ['overall_grade', ({ compliance }) => compliance?.overall_grade ?? '–'],
  [
    'non_compliant_items',
    ({ compliance }) =>
      (compliance?.non_compliant_items ?? []).map(({ category }) => category).join(', ') || '–',
  ],
];

function factsTable(columns: readonly Column[]): string {
  const [teacher] = columns;
  return table(
    ['', ...columns.map(({ name }) => name)],
    [
      ...FACTS.map(([name, read]) => {
        const fact = teacher?.analysis == null ? '' : read(teacher.analysis);
        return [
          `<code>${name}</code>`,
          ...columns.map(({ analysis }) => {
            const value = analysis === null ? '–' : read(analysis);
            return value === fact ? escapeXml(value) : `<span class="differs">${escapeXml(value)}</span>`;
          }),
        ];
      }),
      [
        both('그래프와 모순: 심각 / 경미', 'against the graph: severe / minor'),
        ...columns.map(({ denial }) => (denial === null ? '–' : `${denial.severe} / ${denial.minor}`)),
      ],
    ],
  );
}

function proseMarkup({ text, analysis }: Column): string {
  if (text === null) return `<p>${both('답이 오지 않았다.', 'No answer came.')}</p>`;
  if (analysis === null)
    return `<p class="missed">${both('분석이 아니다:', 'This is no analysis:')}</p><pre>${escapeXml(text)}</pre>`;
  return [
    `<p>${escapeXml(analysis.summary)}</p>`,
    ...analysis.spaces.map(
      ({ space_name, evaluation_comment }) =>
        `<p><span class="space">${escapeXml(space_name)}</span> ${escapeXml(evaluation_comment)}</p>`,
    ),
    ...(analysis.recommendations ?? []).map((recommendation) => `<p>• ${escapeXml(recommendation)}</p>`),
    ...(analysis.compliance === null ? [] : [`<p>${escapeXml(analysis.compliance.summary)}</p>`]),
  ].join('');
}
