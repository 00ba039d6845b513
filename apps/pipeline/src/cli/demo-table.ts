import type { PhaseSummary } from '../run-context.ts';

type Row = readonly [phase: string, made: string, where: string];

/** Figures of a phase that tell most; all of the comparison with the truth, one below the other. */
const FIGURES_OF_A_PHASE = 3;

/** What the demo made and where it lies, as lines. */
export function demoTable({
  plans,
  generated,
  root,
  summaries,
}: {
  plans: number;
  generated: string;
  root: string;
  summaries: readonly PhaseSummary[];
}): string[] {
  const rows: Row[] = [
    ['generate', `${plans} plans`, generated],
    ...summaries.flatMap((summary) =>
      summary.phase === 'evaluate-cv' ? evaluationPart(summary) : [phaseRow(summary, root)],
    ),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  return [
    '',
    ...rows.map(([phase, made, where]) =>
      `${phase.padEnd(widths[0] as number)}  ${made.padEnd(widths[1] as number)}  ${where}`.trimEnd(),
    ),
    '',
  ];
}

function phaseRow({ phase, figures, files }: PhaseSummary, root: string): Row {
  const made = Object.entries(figures)
    .slice(0, FIGURES_OF_A_PHASE)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  return [phase, made, files[0] ?? root];
}

function evaluationPart({ phase, figures, files }: PhaseSummary): Row[] {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  return Object.entries(figures).map(([name, value], index): Row => {
    const made = `${name.padEnd(width)}  ${value}`;
    return index === 0 ? [phase, made, files[0] ?? ''] : ['', made, ''];
  });
}
