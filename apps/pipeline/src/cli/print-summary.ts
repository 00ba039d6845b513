import { EXIT } from '../exit-codes.ts';
import type { PhaseSummary } from '../run-context.ts';

/** A phase's summary as lines for a reader. */
export function summaryLines({ phase, exitCode, figures, files, warnings }: PhaseSummary): string[] {
  const width = Math.max(...Object.keys(figures).map((name) => name.length), 0);
  return [
    `${phase}: ${exitCode === EXIT.done ? 'done' : 'not good enough'}`,
    ...Object.entries(figures).map(([name, value]) => `  ${name.padEnd(width)}  ${value ?? 'not known'}`),
    ...files.map((file) => `  → ${file}`),
    ...warnings.map((warning) => `  warning: ${warning}`),
  ];
}
