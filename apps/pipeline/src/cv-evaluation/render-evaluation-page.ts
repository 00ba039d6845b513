import { graphThings, scoresOf } from '@arae/cv-inference';
import type { BoxedThing, GraphEvaluation } from '@arae/cv-inference';
import type { TopologyGraph } from '@arae/floorplan';
import { escapeXml } from '../escape-xml.ts';
import type { CvEvaluation, EvaluatedDrawing } from './evaluate-drawings.ts';
import { evaluationRows } from './evaluation-lines.ts';

/** A drawing below its overlay. */
export interface Background {
  /** `data:image/jpeg;base64,…` */
  readonly url: string;
}

const COLOURS = ['#e6194b', '#3cb44b', '#4363d8', '#f58231', '#911eb4', '#00a0a0', '#d63384', '#7a9a01', '#9a6324', '#800000', '#2f9e7f', '#808000', '#1c4f9c']; // prettier-ignore

/** One page without outside files: the figures, a row per drawing, and each drawing with what is true and what was found. */
export function renderEvaluationPage(
  evaluation: CvEvaluation,
  backgrounds: ReadonlyMap<string, Background>,
): string {
  const { drawings } = evaluation;
  const categories = [
    ...new Set(drawings.flatMap(({ truth }) => truth.nodes.map((node) => node.category_name))),
  ];
  const colourOf = (category: string) =>
    COLOURS[Math.max(0, categories.indexOf(category)) % COLOURS.length] as string;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Networks against the truth</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Networks against the truth</h1>
<table class="figures"><tbody>${evaluationRows(evaluation).map(figureRow).join('')}</tbody></table>
<h2>Drawing by drawing</h2>
<table class="drawings">
<thead><tr>${COLUMNS.map((name) => `<th>${name}</th>`).join('')}</tr></thead>
<tbody>${drawings.map(drawingRow).join('\n')}</tbody>
</table>
<h2>Overlays</h2>
<p class="legend">${categories.map((name) => `<span style="--colour:${colourOf(name)}">${escapeXml(name.replace('공간_', ''))}</span>`).join(' ')}</p>
<p class="switches">
<label><input type="checkbox" id="truth" checked> truth (dashed)</label>
<label><input type="checkbox" id="found" checked> found (filled)</label>
<label><input type="checkbox" id="openings" checked> doors and windows</label>
<label><input type="checkbox" id="drawing" checked> drawing</label>
</p>
<div class="overlays">
${drawings.map((drawing) => overlay(drawing, backgrounds.get(drawing.stem), colourOf)).join('\n')}
</div>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const COLUMNS = ['drawing', 'rooms', 'right category', 'mean IoU', 'labels', 'doors F1', 'windows F1', 'edges F1', 'statistics that differ']; // prettier-ignore

const figureRow = ([name, value]: readonly [string, string]) =>
  `<tr><th>${escapeXml(name)}</th><td>${escapeXml(value)}</td></tr>`;

function drawingRow({ stem, found, evaluation }: EvaluatedDrawing): string {
  const { rooms, iouSum, withCategory, withLabel, doors, windows, edges, statistics } = evaluation;
  const wrong = Object.entries(statistics).flatMap(([name, isRight]) => (isRight ? [] : [name]));
  const cells = [
    `<a href="#${escapeXml(stem)}">${escapeXml(stem)}</a>`,
    found === undefined ? 'no graph' : `${rooms.right} of ${rooms.truth} (${rooms.found} said)`,
    `${withCategory} of ${rooms.truth}`,
    rooms.right === 0 ? '–' : (iouSum / rooms.right).toFixed(3),
    `${withLabel} of ${rooms.right}`,
    ...[doors, windows, edges].map((tally) => scoresOf(tally).f1.toFixed(2)),
    wrong.join(', ') || '–',
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function overlay(
  { stem, truth, found, evaluation }: EvaluatedDrawing,
  background: Background | undefined,
  colourOf: (category: string) => string,
): string {
  const { width, height } = truth.image_info;
  const picture = background
    ? `<image class="drawing" href="${background.url}" width="${width}" height="${height}"/>`
    : '';
  return `<figure id="${escapeXml(stem)}"><figcaption>${escapeXml(stem)}</figcaption>
<svg viewBox="${viewBox(truth)}" role="img" aria-label="${escapeXml(stem)}">
<rect width="${width}" height="${height}" fill="#fff"/>${picture}
<g class="found">${found ? foundRooms(truth, found, evaluation, colourOf) : ''}</g>
<g class="truth">${trueRooms(truth, evaluation, colourOf)}</g>
<g class="openings">${openings(truth, 'truth')}${found ? openings(found, 'said') : ''}</g>
</svg></figure>`;
}

/** The part of the sheet that the rooms lie in. */
function viewBox(graph: TopologyGraph): string {
  const { width, height } = graph.image_info;
  const boxes = graph.nodes.flatMap(({ bbox }) => (bbox === null ? [] : [bbox]));
  if (boxes.length === 0) return `0 0 ${width} ${height}`;
  const air = 120;
  const left = Math.max(0, Math.min(...boxes.map(([x]) => x)) - air);
  const top = Math.max(0, Math.min(...boxes.map(([, y]) => y)) - air);
  const right = Math.min(width, Math.max(...boxes.map(([x, , w]) => x + w)) + air);
  const bottom = Math.min(height, Math.max(...boxes.map(([, y, , h]) => y + h)) + air);
  return `${left} ${top} ${right - left} ${bottom - top}`;
}

/** Filled by category; with a red rim where no true room is, or one of another category. */
function foundRooms(
  truth: TopologyGraph,
  found: TopologyGraph,
  { matchedRooms }: GraphEvaluation,
  colourOf: (category: string) => string,
): string {
  const truthOf = new Map([...matchedRooms].map(([trueId, foundId]) => [foundId, trueId]));
  const categoryOf = new Map(truth.nodes.map((node) => [node.node_id, node.category_name]));
  const nodes = new Map(found.nodes.map((node) => [node.node_id, node]));
  return graphThings(found)
    .rooms.map(({ id, category, label, outline }) => {
      const isRight = categoryOf.get(truthOf.get(id) ?? '') === category;
      const colour = colourOf(category);
      const rim = isRight ? colour : '#ff0000';
      const [x, y] = nodes.get(id)?.centroid ?? [0, 0];
      return `<polygon points="${outline.join(' ')}" fill="${colour}" fill-opacity="0.35" stroke="${rim}" stroke-width="${isRight ? 4 : 12}"><title>${escapeXml(`${category} ${label}`)}</title></polygon><text x="${x}" y="${y}">${escapeXml(label)}</text>`;
    })
    .join('');
}

/** Dashed; thick and red where the room was not found. */
function trueRooms(
  truth: TopologyGraph,
  { matchedRooms }: GraphEvaluation,
  colourOf: (category: string) => string,
): string {
  return graphThings(truth)
    .rooms.map(({ id, category, label, outline }) => {
      const isFound = matchedRooms.has(id);
      return `<polygon points="${outline.join(' ')}" fill="none" stroke="${isFound ? colourOf(category) : '#ff0000'}" stroke-width="${isFound ? 5 : 12}" stroke-dasharray="22 12"><title>${escapeXml(`true: ${category} ${label}`)}</title></polygon>`;
    })
    .join('');
}

function openings(graph: TopologyGraph, kind: 'truth' | 'said'): string {
  const { doors, windows } = graphThings(graph);
  const box = ({ bbox: [x, y, width, height] }: BoxedThing, colour: string) =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${colour}" stroke-width="5"${kind === 'truth' ? ' stroke-dasharray="14 9"' : ''}/>`;
  return [
    ...doors.map((door) => box(door, '#0a7d28')),
    ...windows.map((window) => box(window, '#1238d6')),
  ].join('');
}

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1400px;padding:0 1rem;color:#1c2330}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse}th,td{padding:.25rem .8rem;border-bottom:1px solid #dfe3e9;text-align:left}
.figures th{font-weight:500;color:#4b5566}.figures td,.drawings td{font-variant-numeric:tabular-nums}
.drawings{font-size:.9rem;width:100%}.drawings thead th{position:sticky;top:0;background:#fff}
.legend span{display:inline-block;padding:0 .6rem;margin:.15rem;border-left:1rem solid var(--colour)}
.switches{position:sticky;top:0;background:#fffffff0;padding:.5rem 0;z-index:1}.switches label{margin-right:1.2rem}
.overlays{display:grid;grid-template-columns:repeat(auto-fill,minmax(620px,1fr));gap:1rem}
figure{margin:0;border:1px solid #dfe3e9;border-radius:6px;padding:.5rem}figcaption{font-weight:600}
svg{width:100%;height:auto}svg text{font:36px sans-serif;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:6px}
.without-truth .truth,.without-found .found,.without-openings .openings,.without-drawing .drawing{display:none}
`;

const SCRIPT = `
for (const box of document.querySelectorAll('.switches input')) {
  box.addEventListener('change', () => document.body.classList.toggle('without-' + box.id, !box.checked));
}
`;
