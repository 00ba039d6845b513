import type { CvEvaluation } from './evaluate-drawings.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The figures as rows of name and value, for the terminal and the page. */
export function evaluationRows({ summary }: CvEvaluation): (readonly [name: string, value: string])[] {
  const { rooms, doors, windows, fixtures, edges, statistics } = summary;
  return [
    ['drawings', String(summary.drawings)],
    [
      'rooms found (IoU ≥ 0.5)',
      `${percent(rooms.recall)} (${rooms.right} of ${rooms.truth}; ${rooms.found} said)`,
    ],
    ['rooms found, right category', percent(rooms.foundWithCategory)],
    ['mean IoU of rooms found', rooms.meanIou.toFixed(3)],
    ['their category', percent(rooms.categoryAccuracy)],
    ['their label', percent(rooms.labelAccuracy)],
    ['doors F1', `${doors.f1.toFixed(3)} (${doors.f1At03.toFixed(3)} at IoU ≥ 0.3)`],
    ['windows F1', `${windows.f1.toFixed(3)} (${windows.f1At03.toFixed(3)} at IoU ≥ 0.3)`],
    ['fixtures F1', fixtures.f1.toFixed(3)],
    ['edges F1', `${edges.f1.toFixed(3)} (${edges.f1OfPairs.toFixed(3)} whatever the kind)`],
    ['room_count', percent(statistics.room_count)],
    ['bathroom_count', percent(statistics.bathroom_count)],
    ['bay_count', percent(statistics.bay_count)],
    ['structure_type', percent(statistics.structure_type)],
  ];
}

export function evaluationLines(evaluation: CvEvaluation): string[] {
  const rows = evaluationRows(evaluation);
  const width = Math.max(...rows.map(([name]) => name.length));
  const { withoutGraph, withoutTruth } = evaluation;
  return [
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...(withoutGraph.length > 0 ? [`  without a graph (all missed): ${listed(withoutGraph)}`] : []),
    ...(withoutTruth.length > 0 ? [`  without a truth (not counted): ${listed(withoutTruth)}`] : []),
  ];
}

function listed(stems: readonly string[]): string {
  const shown = stems.slice(0, 5).join(', ');
  return stems.length > 5 ? `${shown} and ${stems.length - 5} more` : shown;
}
