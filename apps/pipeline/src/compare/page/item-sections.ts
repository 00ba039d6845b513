import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Proportion } from '@arae/quality-metrics';
import type { DataFolder } from '../../data-folder.ts';
import { escapeXml } from '../../escape-xml.ts';
import type { QualityReport } from '../quality-report.ts';
import { both, figure, percent, table } from '../../page/bilingual.ts';
import { intervalChart } from '../../page/charts.ts';
import { nameLine, nameText } from './texts.ts';

/** The worst contradictions, with links to graph, label and overlay. */
export function worstSection({ comparison }: QualityReport, folder: DataFolder): string {
  if (comparison.worst.length === 0) {
    return `<p>${both('표본에 모순이 없다.', 'There is no contradiction in the sample.')}</p>`;
  }
  return table(
    [
      both('도면', 'drawing'),
      both('모델', 'teacher'),
      both('위치', 'place'),
      both('라벨의 주장', 'the label says'),
      both('그래프의 사실', 'the graph says'),
      both('정도', 'severity'),
    ],
    comparison.worst.map(({ stem, teacher, path, claim, fact, severity }) => [
      `${escapeXml(stem)} ${links(stem, teacher, folder)}`,
      nameText(teacher),
      `<code>${escapeXml(path)}</code>`,
      escapeXml(wordsOf(claim)),
      escapeXml(wordsOf(fact)),
      severity === 'severe' ? `<strong>${both('심각', 'severe')}</strong>` : both('경미', 'minor'),
    ]),
  );
}

export function reviewsSection({ reviews }: QualityReport): string {
  const { summary, stale, foreign, damaged } = reviews;
  const left = [
    stale > 0 ? both(`라벨이 바뀐 리뷰 ${stale}개 제외`, `${stale} of labels that changed`) : '',
    foreign > 0 ? both(`비교 대상이 아닌 리뷰 ${foreign}개 제외`, `${foreign} of what is not compared`) : '',
    damaged.length > 0 ? both(`손상된 줄 ${damaged.length}개`, `${damaged.length} damaged lines`) : '',
  ].filter((text) => text !== '');
  const note =
    left.length === 0 ? '' : `<p class="note">${both('제외:', 'Left out:')} ${left.join(' · ')}</p>`;
  if (summary === null) {
    return `<p>${both('아직 사람이 검토한 라벨이 없다.', 'Nobody has reviewed labels yet.')}</p>${note}`;
  }
  const chart = intervalChart(
    '사람의 승률 / win rate by people',
    summary.pairs.flatMap(({ first, second, winRate }) =>
      winRate === null
        ? []
        : [
            {
              name: `${nameLine(first)} / ${nameLine(second)}`,
              low: winRate.low,
              mean: winRate.share,
              high: winRate.high,
              colour: '#0b5fa5',
            },
          ],
    ),
    [0.5, 0.5],
    (value) => `${Math.round(100 * value)} %`,
  );
  return `<p>${both(
    `리뷰 ${summary.reviews}개. 도면마다 한 표이며, 구간은 Wilson 95 % 구간이다.`,
    `${summary.reviews} reviews. Each drawing has one vote; intervals are Wilson's of 95 %.`,
  )}</p>${chart}
${table(
  [
    both('비교', 'pair'),
    both('앞쪽 승', 'first wins'),
    both('뒤쪽 승', 'second wins'),
    both('동등', 'equal'),
    both('둘 다 나쁨', 'both bad'),
    both('앞쪽 승률', 'win rate of the first'),
    both('지표와 일치', 'agrees with the metrics'),
    both('그래프 대조와 일치', 'agrees with grounding'),
  ],
  summary.pairs.map((pair) => [
    `${nameText(pair.first)} / ${nameText(pair.second)}`,
    String(pair.firstWins),
    String(pair.secondWins),
    String(pair.equal),
    String(pair.bothBad),
    proportion(pair.winRate),
    proportion(pair.agreementWithMetrics),
    proportion(pair.agreementWithGrounding),
  ]),
)}
${table(
  [
    both('검토자', 'reviewer'),
    both('도면', 'drawings'),
    both('자기 일치도', 'self-agreement'),
    both('모순을 보고 판단', 'looked at contradictions'),
    both('시간 중앙값', 'median time'),
  ],
  summary.reviewers.map((reviewer) => [
    escapeXml(reviewer.reviewer),
    String(reviewer.items),
    proportion(reviewer.selfAgreement),
    String(reviewer.contradictionsShown),
    `${reviewer.medianSeconds.toFixed(0)} s`,
  ]),
)}
<p>${both('검토자 사이의 일치도:', 'Agreement between reviewers:')} ${proportion(summary.reviewerAgreement)}</p>
${table(
  [
    both('모델', 'teacher'),
    both('정확성', 'correctness'),
    both('완결성', 'completeness'),
    both('유용성', 'usefulness'),
  ],
  summary.scores.map(({ teacher, means }) => [
    nameText(teacher),
    figure(means.correctness, 2),
    figure(means.completeness, 2),
    figure(means.usefulness, 2),
  ]),
)}${note}`;
}

function proportion(value: Proportion | null): string {
  if (value === null) return '–';
  return `${percent(value.share)} <small>(${value.count}/${value.of}; ${percent(value.low)} … ${percent(value.high)})</small>`;
}

/** Relative, so that the links hold wherever the data folder is moved to. */
function links(stem: string, teacher: string, folder: DataFolder): string {
  const link = (path: string, text: string) => {
    const parts = relative(folder.root, path).split(/[/\\]/);
    return `<a href="${escapeXml(parts.map(encodeURIComponent).join('/'))}">${text}</a>`;
  };
  const overlay = folder.overlay(stem);
  return `<small class="links">${[
    link(folder.graph(stem), both('그래프', 'graph')),
    link(folder.label(stem, teacher), both('라벨', 'label')),
    ...(existsSync(overlay) ? [link(overlay, both('도면', 'overlay'))] : []),
  ].join(' · ')}</small>`;
}

const LONGEST = 160;

function wordsOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
