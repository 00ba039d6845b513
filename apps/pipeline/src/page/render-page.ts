import { createHash } from 'node:crypto';
import { both } from './bilingual.ts';

/** Markup of a part of a page, with the name it is linked by. */
export type PageSection = readonly [id: string, title: string, content: string];

export interface Page {
  /** Korean and English, plain text. */
  title: readonly [korean: string, english: string];
  heading: readonly [korean: string, english: string];
  /** Markup. */
  introduction: string;
  sections: readonly PageSection[];
  /** Style of this page beside that of all. */
  style?: string;
}

/** A report as one file, without anything from outside, in Korean and English, of which it shows one. */
export function renderPage({ title, heading, introduction, sections, style = '' }: Page): string {
  return `<!doctype html>
<html lang="ko" data-language="ko">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.join(' · ')}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<header>
<h1>${both(...heading)}</h1>
<p class="languages"><button type="button" data-to="ko" aria-pressed="true">한국어</button><button type="button" data-to="en" aria-pressed="false">English</button></p>
</header>
<p>${introduction}</p>
<nav>${sections.map(([id, name]) => `<a href="#${id}">${name}</a>`).join('')}</nav>
${sections.map(([id, name, content]) => `<section id="${id}"><h2>${name}</h2>\n${content}\n</section>`).join('\n')}
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
th:first-child{text-align:left}
thead th{color:#4b5566;font-weight:600}tbody th{font-weight:500}
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

/** Every text of a page is escaped; should one not be, no script of its own runs, and nothing is fetched for it. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
