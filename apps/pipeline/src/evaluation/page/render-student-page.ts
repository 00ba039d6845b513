import { both } from '../../page/bilingual.ts';
import { renderPage } from '../../page/render-page.ts';
import type { PageSection } from '../../page/render-page.ts';
import { escapeXml } from '../../escape-xml.ts';
import type { EvaluationReport } from '../evaluation-report.ts';
import { samplesSection } from './samples-section.ts';
import {
  agreementSection,
  answersSection,
  groundingSection,
  metricsSection,
  speedSection,
  textSection,
  verdictSection,
} from './student-sections.ts';

/** `evaluation_report.html`: how the served model did, beside its teacher and the untuned model. */
export function renderStudentPage(report: EvaluationReport): string {
  const sections: PageSection[] = [
    ['verdict', both('판정', 'Verdict'), verdictSection(report)],
    ['answers', both('JSON과 스키마', 'JSON and schema'), answersSection(report)],
    ['grounding', both('그래프 대조', 'Grounding'), groundingSection(report)],
    ['metrics', both('여덟 가지 지표', 'The eight metrics'), metricsSection(report)],
    ['agreement', both('필드 일치', 'Agreement of fields'), agreementSection(report)],
    ['text', both('문장 유사도', 'Likeness of the sentences'), textSection(report)],
    ['speed', both('속도', 'Speed'), speedSection(report)],
    ['samples', both('나란히 보기', 'Side by side'), samplesSection(report)],
  ];
  const { rows, prompt_pack: pack, call } = report;
  const isSimulated = report.subjects.some(({ is_simulated }) => is_simulated);
  const server = isSimulated ? both('내장 시뮬레이터', 'the bundled simulator') : escapeXml(report.server);
  return renderPage({
    title: ['평가 보고서', 'Evaluation report'],
    heading: ['튜닝한 모델 평가 보고서', 'Evaluation of the tuned model'],
    introduction: both(
      `${rows.file}의 ${rows.in_file}행 중 ${rows.evaluated}행을 ${server}에 물었다. 온도 ${call.temperature}, 최대 ${call.max_tokens.toLocaleString('en')} 토큰, 생각 ${call.enable_thinking ? '켬' : '끔'}, 동시 요청 ${call.concurrency}개. 프롬프트 팩: ${escapeXml(pack.name)} ${escapeXml(pack.version)}.`,
      `${rows.evaluated} of ${rows.in_file} rows of ${rows.file}, asked of ${server}. Temperature ${call.temperature}, at most ${call.max_tokens.toLocaleString('en')} tokens, thinking ${call.enable_thinking ? 'on' : 'off'}, ${call.concurrency} at the same time. Prompt pack: ${escapeXml(pack.name)} ${escapeXml(pack.version)}.`,
    ),
    sections,
    style: STYLE,
  });
}

const STYLE = `
.passed{color:#0f766e}.missed{color:#b91c1c}
details{border:1px solid #dfe3e9;border-radius:6px;margin:.6rem 0}summary{padding:.5rem .8rem;cursor:pointer;font-weight:600}
summary small{font-weight:400;margin-left:.6rem}
.side{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:0 1.4rem;padding:0 .9rem .8rem}
.side h4{margin:.4rem 0;font-size:.95rem}.side p{margin:.35rem 0;font-size:.92rem;white-space:pre-wrap;overflow-wrap:anywhere}
.side .space{color:#4b5566}.fields{padding:0 .9rem}.differs{background:#fdecea}
#samples table td,#samples table th{text-align:left}
#notes td,#notes th{text-align:left}#notes th{white-space:nowrap}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;max-height:24rem;overflow:auto}
`;
