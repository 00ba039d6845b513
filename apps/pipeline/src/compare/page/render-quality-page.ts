import type { DataFolder } from '../../data-folder.ts';
import { escapeXml } from '../../escape-xml.ts';
import type { QualityReport } from '../quality-report.ts';
import { both } from './bilingual.ts';
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
  const sections: [id: string, title: string, content: string][] = [
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
  return `<!doctype html>
<html lang="ko" data-language="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>품질 보고서 · Quality report</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${both('교사 모델 비교 보고서', 'Comparison of the teachers')}</h1>
<p class="languages"><button type="button" data-to="ko" aria-pressed="true">한국어</button><button type="button" data-to="en" aria-pressed="false">English</button></p>
</header>
<p>${both(
    `모든 모델에 요청한 도면 ${asked}장 중 ${sample.length}장(시드 ${settings.seed})을 표본으로 비교했다. 프롬프트 팩: ${escapeXml(pack.name)} ${escapeXml(pack.version)}.`,
    `${sample.length} of ${asked} drawings that all were asked about, seed ${settings.seed}. Prompt pack: ${escapeXml(pack.name)} ${escapeXml(pack.version)}.`,
  )} ${
    settings.weights === 'plan'
      ? both('총점은 여덟 가지 지표의 가중합이다.', 'Totals are the weighted sum of the eight metrics.')
      : both(
          '총점은 여덟 가지 지표와 그래프 대조를 절반씩 합한 값이다.',
          'Totals are half the eight metrics, half grounding.',
        )
  }</p>
<nav>${sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('')}</nav>
${sections.map(([id, title, content]) => `<section id="${id}"><h2>${title}</h2>\n${content}\n</section>`).join('\n')}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const STYLE = `
:root{color-scheme:light}
body{font:16px/1.6 system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",sans-serif;margin:0 auto;max-width:1080px;padding:1.5rem 1rem 4rem;color:#1c2330;background:#fff}
[data-language=ko] [lang=en],[data-language=en] [lang=ko]{display:none}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem;flex-wrap:wrap}
h1{font-size:1.7rem;margin:.2rem 0}h2{font-size:1.3rem;margin-top:2.6rem;border-bottom:2px solid #dfe3e9;padding-bottom:.3rem}h3{font-size:1.05rem;margin-top:1.8rem}
.languages button{font:inherit;padding:.25rem .8rem;border:1px solid #6b7280;background:#fff;color:#1c2330;cursor:pointer}
.languages button[aria-pressed=true]{background:#1c2330;color:#fff}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin-top:1rem}a{color:#0b4f8a}
.answer{font-size:1.4rem;margin:.6rem 0}.note{color:#4b5566;font-size:.92rem}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.8rem 0;width:100%;font-size:.94rem}
th,td{padding:.3rem .7rem;border-bottom:1px solid #dfe3e9;text-align:right;font-variant-numeric:tabular-nums;vertical-align:top}
th:first-child,#worst td,#worst th,#origins td:nth-child(2),#origins th:nth-child(2){text-align:left}
thead th{color:#4b5566;font-weight:600}tbody th{font-weight:500}
#worst code{overflow-wrap:anywhere}#worst td{overflow-wrap:anywhere;min-width:5rem}
small{color:#4b5566}.links{white-space:nowrap}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:.4rem 0}
.legend li>span:first-child{display:inline-block;width:1rem;height:.8rem;margin-right:.4rem}
svg{width:100%;height:auto;display:block;margin:.4rem 0}
svg text{font:14px system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",sans-serif;fill:#1c2330}
svg .row{text-anchor:end}svg .tick{text-anchor:middle;fill:#4b5566;font-size:12px}svg .value{font-size:11px;fill:#4b5566}
svg .inside{text-anchor:middle;fill:#fff;font-size:12px}
.grid{stroke:#e5e8ee}.band{fill:#dbeafe}.faint{opacity:.75}
@media print{.languages,nav{display:none}section{break-inside:avoid}}
`;

const SCRIPT = `
for (const button of document.querySelectorAll('.languages button')) {
  button.addEventListener('click', () => {
    const language = button.dataset.to;
    document.documentElement.dataset.language = language;
    document.documentElement.lang = language;
    for (const other of document.querySelectorAll('.languages button')) {
      other.setAttribute('aria-pressed', String(other === button));
    }
  });
}
`;
