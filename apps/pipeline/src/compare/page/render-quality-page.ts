import type { DataFolder } from '../../data-folder.ts';
import { escapeXml } from '../../escape-xml.ts';
import type { QualityReport } from '../quality-report.ts';
import { both } from '../../page/bilingual.ts';
import { renderPage } from '../../page/render-page.ts';
import type { PageSection } from '../../page/render-page.ts';
import { reviewsSection, worstSection } from './item-sections.ts';
import {
  costSection,
  decisionSection,
  groundingSection,
  metricsSection,
  originsSection,
  shapesSection,
  totalsSection,
} from './sections.ts';

/** `quality_report.html`: one file, without anything from outside, in Korean and English. */
export function renderQualityPage(report: QualityReport, folder: DataFolder): string {
  const sections: PageSection[] = [
    ['decision', both('결정', 'Decision'), decisionSection(report)],
    ['totals', both('총점', 'Totals'), totalsSection(report)],
    ['metrics', both('여덟 가지 지표', 'The eight metrics'), metricsSection(report)],
    ['grounding', both('그래프 대조', 'Grounding'), groundingSection(report)],
    ['origins', both('첫 시도, 재시도, 복구', 'First try, retried, repaired'), originsSection(report)],
    ['cost', both('비용과 속도', 'Cost and speed'), costSection(report)],
    ['shapes', both('등급과 길이', 'Grades and lengths'), shapesSection(report)],
    ['worst', both('가장 심한 모순', 'The worst contradictions'), worstSection(report, folder)],
    ['reviews', both('사람의 검토', 'Manual review'), reviewsSection(report)],
  ];
  const { pack, sample, asked, settings } = report;
  return renderPage({
    title: ['품질 보고서', 'Quality report'],
    heading: ['교사 모델 비교 보고서', 'Comparison of the teachers'],
    introduction: `${both(
      `모든 모델에 요청한 도면 ${asked}장 중 ${sample.length}장(시드 ${settings.seed})을 표본으로 비교했다. 프롬프트 팩: ${escapeXml(pack.name)} ${escapeXml(pack.version)}.`,
      `${sample.length} of ${asked} drawings that all were asked about, seed ${settings.seed}. Prompt pack: ${escapeXml(pack.name)} ${escapeXml(pack.version)}.`,
    )} ${
      settings.weights === 'plan'
        ? both('총점은 여덟 가지 지표의 가중합이다.', 'Totals are the weighted sum of the eight metrics.')
        : both(
            '총점은 여덟 가지 지표와 그래프 대조를 절반씩 합한 값이다.',
            'Totals are half the eight metrics, half grounding.',
          )
    }`,
    sections,
    style: STYLE,
  });
}

const STYLE = `
#worst td,#worst th,#origins td:nth-child(2),#origins th:nth-child(2){text-align:left}
#worst code{overflow-wrap:anywhere}#worst td{overflow-wrap:anywhere;min-width:5rem}
`;
