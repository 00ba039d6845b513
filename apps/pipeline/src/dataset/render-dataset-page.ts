import { escapeXml } from '../escape-xml.ts';
import { both, bothLines, percent, table } from '../page/bilingual.ts';
import { colourOf, histogramChart, spreadChart, stackedChart } from '../page/charts.ts';
import { renderPage } from '../page/render-page.ts';
import type { DatasetReport } from './dataset-report.ts';
import type { DropCode } from './dropped-item.ts';
import type { SideStatistics } from './side-statistics.ts';

/** Drawings that are named one by one; `stats_report.json` has all. */
const LISTED = 500;

const SIDES: Record<string, [korean: string, english: string]> = {
  train: ['학습', 'train'],
  val: ['검증', 'val'],
  test: ['시험', 'test'],
};

const REASONS: Record<DropCode, [korean: string, english: string]> = {
  no_graph: ['그래프 없음', 'no graph'],
  no_context: ['검색된 기준 없음', 'no context'],
  no_label: ['레이블 없음', 'no label'],
  invalid_label: ['잘못된 레이블', 'invalid label'],
  unreadable: ['읽을 수 없음', 'unreadable'],
  other_prompt: ['다른 프롬프트의 레이블', 'label of another prompt'],
  control_token: ['제어 토큰 포함', 'control token in the text'],
  contradicted: ['그래프와 모순', 'denied by the graph'],
  too_long: ['너무 김', 'too long'],
};

/** `stats_report.html`: the audit of a data set as a page. */
export function renderDatasetPage(report: DatasetReport): string {
  const { sampled, rows, dropped } = report;
  return renderPage({
    title: ['데이터셋 보고서', 'Data set report'],
    heading: ['데이터셋 감사 보고서', 'Audit of the data set'],
    introduction: both(
      `도면 ${sampled}장 가운데 ${rows}행을 만들었고 ${dropped.length}장은 제외했다. 교사: ${escapeXml(report.teacher)}.`,
      `${rows} rows of ${sampled} drawings; ${dropped.length} were left out. Teacher: ${escapeXml(report.teacher)}.`,
    ),
    sections: [
      ['overview', both('개요', 'Overview'), overview(report)],
      ['length', both('길이', 'Length'), lengthSection(report)],
      ['leakage', both('누출', 'Leakage'), leakageSection(report)],
      ['truth', both('사실 여부', 'Truth'), truthSection(report)],
      ['balance', both('균형', 'Balance'), balanceSection(report)],
      ['format', both('형식', 'Format'), formatSection(report)],
      ['dropped', both('제외된 도면', 'Left out'), droppedSection(report)],
    ],
    style: STYLE,
  });
}

const STYLE = `
.warnings{background:#fff7ed;border-left:4px solid #c2410c;padding:.5rem 1rem .5rem 2rem;margin:1rem 0}
#leakage td:nth-child(2),#leakage th:nth-child(2),#dropped td,#dropped th,#format td,#format th{text-align:left}
#dropped td{overflow-wrap:anywhere}
`;

const nameOf = (side: string) => both(...(SIDES[side] ?? [side, side]));

function overview({ sides, warnings, split, prompt_pack: pack, labelled_by }: DatasetReport): string {
  const list = warnings.map((warning) => `<li>${escapeXml(warning)}</li>`).join('');
  const models = Object.entries(labelled_by).map(([model, count]) => `${escapeXml(model)} ${count}`);
  return `${list === '' ? '' : `<ul class="warnings">${list}</ul>`}${table(
    [
      both('구분', 'Side'),
      both('행', 'Rows'),
      both('바이트', 'Bytes'),
      both('토큰 중앙값', 'Tokens, median'),
      both('토큰 최댓값', 'Tokens, most'),
      both('답변 토큰 중앙값', 'Answer tokens, median'),
    ],
    Object.entries(sides).map(([name, side]) => [
      nameOf(name),
      number(side.rows),
      number(side.bytes),
      number(side.tokens?.median ?? null),
      number(side.tokens?.max ?? null),
      number(side.answer_tokens?.median ?? null),
    ]),
  )}<p class="note">${both(
    `분할: ${split.mode === 'group' ? '같거나 거의 같은 행은 한쪽에' : '행마다 무작위'}, 시드 ${split.seed}. 프롬프트 팩: ${escapeXml(pack.name)} ${escapeXml(pack.version)}. 레이블 모델: ${models.join(', ')}.`,
    `Split: ${split.mode === 'group' ? 'equal and nearly equal rows on one side' : 'every row for itself'}, seed ${split.seed}. Prompt pack: ${escapeXml(pack.name)} ${escapeXml(pack.version)}. Labelled by: ${models.join(', ')}.`,
  )}</p>`;
}

function lengthSection({ length, sides }: DatasetReport): string {
  const counted = length.counted_by === 'tokenizer';
  const bars = length.histogram.map(({ from, to, rows }) => ({
    name: `${from.toLocaleString('en')}–${to.toLocaleString('en')}`,
    count: rows,
    isFaint: from >= length.max_seq_length,
  }));
  return `<p>${both(
    `<code>max_seq_length</code> <b>${length.max_seq_length}</b>, 넘는 행 ${length.over}. ${counted ? '토크나이저로 셌다.' : '토크나이저가 없어 추정했다.'} 권장값 ${length.recommended_max_seq_length}.`,
    `<code>max_seq_length</code> <b>${length.max_seq_length}</b>; ${length.over} rows are longer. ${counted ? 'Counted with the tokenizer.' : 'Estimated, as no tokenizer was given.'} Recommended: ${length.recommended_max_seq_length}.`,
  )}</p>${histogramChart('Rows by tokens', bars)}${spreadChart(
    'Tokens of rows and answers',
    Object.entries(sides).flatMap(([name, side], index) => [
      ...(side.tokens === null
        ? []
        : [
            {
              name: bothLines(...(SIDES[name] ?? [name, name])),
              colour: colourOf(index),
              spread: side.tokens,
            },
          ]),
      ...(side.answer_tokens === null
        ? []
        : [
            {
              name: bothLines(`${SIDES[name]?.[0] ?? name}: 답변`, `${SIDES[name]?.[1] ?? name}: answer`),
              colour: colourOf(index),
              spread: side.answer_tokens,
            },
          ]),
    ]),
  )}`;
}

function leakageSection({ leakage, split }: DatasetReport): string {
  const summary = both(
    `구조가 같거나 글이 ${percent(leakage.near_duplicate)} 이상 같은 행의 묶음 ${leakage.groups}개(${leakage.grouped_rows}행, 가장 큰 묶음 ${leakage.largest_group}행), 양쪽에 걸친 묶음 <b>${leakage.groups_on_both_sides}</b>개. 분할 방식: ${split.mode}.`,
    `${leakage.groups} groups of rows with equal structure or at least ${percent(leakage.near_duplicate)} of their text in common (${leakage.grouped_rows} rows, the largest group has ${leakage.largest_group}); <b>${leakage.groups_on_both_sides}</b> of them lie on both sides. Split: ${split.mode}.`,
  );
  const pairs = table(
    [
      both('학습 행', 'Training row'),
      both('남겨 둔 행', 'Row held back'),
      both('공통된 글', 'Text in common'),
      both('같은 구조', 'Same structure'),
    ],
    leakage.nearest_pairs.map((pair) => [
      escapeXml(pair.train),
      escapeXml(pair.held),
      percent(pair.similarity),
      pair.same_structure ? both('예', 'yes') : both('아니요', 'no'),
    ]),
  );
  return `<p>${summary}</p><h3>${both('가장 가까운 쌍', 'Nearest pairs')}</h3><p class="note">${both(
    `남겨 둔 행 ${leakage.held_rows_compared}개를 학습 행 전부와 비교했다.`,
    `${leakage.held_rows_compared} rows held back were compared with all rows of training.`,
  )}</p>${pairs}`;
}

function truthSection({ truth, sides }: DatasetReport): string {
  const limit = truth.max_contradictions;
  return `<p>${both(
    `그래프와 심각하게 모순되는 주장이 ${limit === null ? '몇 개든 허용한다' : `${limit}개를 넘는 행은 뺀다`}: 제외 ${truth.left_out}.`,
    `Rows may have ${limit ?? 'any number of'} severe contradictions with their graph; left out for it: ${truth.left_out}.`,
  )}</p>${table(
    [both('구분', 'Side'), both('심각', 'Severe'), both('경미', 'Minor'), both('행당', 'Per row')],
    Object.entries(sides).map(([name, { rows, contradictions }]) => [
      nameOf(name),
      number(contradictions.severe),
      number(contradictions.minor),
      rows === 0 ? '–' : ((contradictions.severe + contradictions.minor) / rows).toFixed(2),
    ]),
  )}`;
}

function balanceSection({ sides }: DatasetReport): string {
  const chart = (
    korean: string,
    english: string,
    countsOf: (side: SideStatistics) => Record<string, number>,
  ) => {
    const labels = [...new Set(Object.values(sides).flatMap((side) => Object.keys(countsOf(side))))];
    const legend = labels
      .map(
        (label, index) => `<li><span style="background:${colourOf(index)}"></span>${escapeXml(label)}</li>`,
      )
      .join('');
    const rows = Object.entries(sides)
      .filter(([, { rows: count }]) => count > 0)
      .map(([name, side]) => ({
        name: bothLines(...(SIDES[name] ?? [name, name])),
        parts: labels.map((label, index) => ({
          label,
          count: countsOf(side)[label] ?? 0,
          colour: colourOf(index),
        })),
      }));
    return `<h3>${both(korean, english)}</h3><ul class="legend">${legend}</ul>${stackedChart(english, rows)}`;
  };
  return [
    chart('종합 등급', 'Overall grade', (side) => side.grades),
    chart('구조 유형', 'Structure type', (side) => side.structure_types),
    chart('Bay 수', 'Bays', (side) => side.bay_counts),
  ].join('');
}

function formatSection({ format: { openai_fine_tuning: verdict }, sides }: DatasetReport): string {
  const files = Object.entries(sides).map(([name, { sha256 }]) => [
    `<code>${escapeXml(name)}.jsonl</code>`,
    `<code>${sha256}</code>`,
  ]);
  return `<p>${
    verdict.is_accepted
      ? both('OpenAI 미세조정 파일 규칙을 지킨다.', "OpenAI's rules for fine-tuning files are met.")
      : both(
          'OpenAI 미세조정 파일로는 받아들여지지 않는다',
          'OpenAI would not take it as a fine-tuning file',
        ) + `: ${escapeXml(verdict.faults.join('; '))}`
  }</p>${table([both('파일', 'File'), 'SHA-256'], files)}<p class="note">${both(
    'LLaMA-Factory는 <code>dataset_info.json</code>, Axolotl은 <code>axolotl.yaml</code>을 쓴다.',
    'LLaMA-Factory reads <code>dataset_info.json</code>, Axolotl <code>axolotl.yaml</code>.',
  )}</p>`;
}

function droppedSection({ dropped, dropped_by_reason }: DatasetReport): string {
  if (dropped.length === 0) return `<p>${both('없음', 'None')}</p>`;
  const reasons = table(
    [both('이유', 'Reason'), both('도면', 'Drawings')],
    Object.entries(dropped_by_reason).map(([code, count]) => [
      both(...REASONS[code as DropCode]),
      number(count),
    ]),
  );
  const items = table(
    [both('도면', 'Drawing'), both('이유', 'Reason'), both('자세히', 'In detail')],
    dropped
      .slice(0, LISTED)
      .map(({ id, code, reason }) => [escapeXml(id), both(...REASONS[code]), escapeXml(reason)]),
  );
  const more = dropped.length - LISTED;
  return `${reasons}<h3>${both('도면별', 'One by one')}</h3>${items}${
    more > 0
      ? `<p class="note">${both(`나머지 ${more}장은 stats_report.json에 있다.`, `${more} more in stats_report.json.`)}</p>`
      : ''
  }`;
}

const number = (value: number | null): string =>
  value === null ? '–' : Math.round(value).toLocaleString('en');
