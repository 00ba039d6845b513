import type { TopologyGraph } from '@arae/floorplan';
import { escapeXml } from '../escape-xml.ts';

/** Fill of a room by its space type. */
const FILLS = new Map<string, string>(
  Object.entries({
    기타공간: '#9aa5b1',
    특화공간: '#b37feb',
    습식공간: '#36cfc9',
    공통공간: '#ffc53d',
    개인공간: '#73d13d',
    외부공간: '#ff7a45',
    미분류: '#ff4d4f',
  }),
);
const DOOR = '#d4380d';
const WINDOW = '#096dd9';
const EDGES = new Map<string, string>(Object.entries({ door: DOOR, window: WINDOW, open: '#262626' }));

export interface OverlayOptions {
  /** URL of the drawing, shown underneath. */
  readonly drawing: string;
}

/** A picture of a graph over its drawing, for a human check: SVG. */
export function renderOverlay(graph: TopologyGraph, { drawing }: OverlayOptions): string {
  const { width, height } = graph.image_info;
  // Sheets differ in size; strokes and letters keep their share of it.
  const unit = Math.max(width, height) / 1000;
  const centres = new Map(graph.nodes.map(({ node_id, centroid }) => [node_id, centroid]));
  const rooms = graph.nodes.map((node) => {
    const fill = FILLS.get(node.space_type) ?? '#8c8c8c';
    const ring = node.segmentation?.[0];
    const style = `fill="${fill}" fill-opacity="0.45" stroke="${fill}" stroke-width="${2 * unit}"`;
    return ring !== undefined && ring.length >= 6
      ? `<polygon points="${pairs(ring)}" ${style}/>`
      : rectangle(node.bbox, style);
  });
  const outlined = (colour: string) => `fill="none" stroke="${colour}" stroke-width="${2 * unit}"`;
  const openings = graph.nodes.flatMap(({ contains: { structures } }) => [
    ...structures.doors.map(({ bbox }) => rectangle(bbox, outlined(DOOR))),
    ...structures.windows.map(({ bbox }) => rectangle(bbox, outlined(WINDOW))),
  ]);
  const edges = graph.edges.map(({ source_node, target_node, connection_type }) => {
    const [x1, y1] = centres.get(source_node) ?? [0, 0];
    const [x2, y2] = centres.get(target_node) ?? [0, 0];
    const dashes = connection_type === 'open' ? ` stroke-dasharray="${6 * unit} ${4 * unit}"` : '';
    return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${EDGES.get(connection_type) ?? '#000'}" stroke-width="${3 * unit}"${dashes}/>`;
  });
  const labels = graph.nodes.map(
    ({ label, centroid: [x, y] }) =>
      `<text x="${x}" y="${y}" font-size="${18 * unit}" text-anchor="middle" font-family="sans-serif">${escapeXml(label)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<image href="${escapeXml(drawing)}" width="${width}" height="${height}"/>`,
    ...rooms,
    // An opening stands in both rooms that it joins.
    ...new Set(openings),
    ...edges,
    ...labels,
    '</svg>',
    '',
  ].join('\n');
}

function pairs(ring: readonly (number | null)[]): string {
  return ring.map((value, index) => `${index === 0 ? '' : index % 2 === 0 ? ' ' : ','}${value}`).join('');
}

/** Nothing where there is no box. */
function rectangle(bbox: readonly [number, number, number, number] | null, style: string): string {
  if (bbox === null) return '';
  const [x, y, width, height] = bbox;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" ${style}/>`;
}
