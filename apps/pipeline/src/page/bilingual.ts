import { escapeXml } from '../escape-xml.ts';

/** Markup in both languages, of which the page shows one. What is put in must be escaped already. */
export function both(korean: string, english: string): string {
  return `<span lang="ko">${korean}</span><span lang="en">${english}</span>`;
}

/** The same for SVG text. */
export function bothLines(korean: string, english: string): string {
  return `<tspan lang="ko">${escapeXml(korean)}</tspan><tspan lang="en">${escapeXml(english)}</tspan>`;
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
export const figure = (value: number | null, digits = 3): string =>
  value === null ? '–' : value.toFixed(digits);

/** A table; cells are markup. The first column is the row's header. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<div class="wide"><table><thead><tr>${head
    .map((cell) => `<th scope="col">${cell}</th>`)
    .join('')}</tr></thead><tbody>${rows
    .map(
      ([first, ...cells]) =>
        `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    )
    .join('\n')}</tbody></table></div>`;
}
