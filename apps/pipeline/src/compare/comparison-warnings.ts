import { openDifferences, peopleAgainst } from './doubts.ts';
import type { QualityReport } from './quality-report.ts';
import type { PreferenceCounts } from './write-preferences.ts';

/** What the reader of the summary must know beside the winner. */
export function comparisonWarnings(report: QualityReport, preferences: PreferenceCounts | null): string[] {
  const { comparison, decision, namedWinner, reviews } = report;
  const warnings: string[] = [];
  for (const { name, invalidFiles } of comparison.teachers) {
    if (invalidFiles > 0) {
      warnings.push(
        `${invalidFiles} label files of ${name} are damaged and count as failed: run phase3 again`,
      );
    }
  }
  if (decision.winner === null) warnings.push(...decision.reasons);
  if (namedWinner !== null) warnings.push(decision.reasons.at(-1) ?? '');
  for (const step of decision.steps) {
    if (step.kind === 'below_compliance' && step.name === decision.winner) {
      warnings.push(`the named winner ${step.name} is under the schema compliance asked for`);
    }
  }
  for (const { first, second, furtherItems } of openDifferences(comparison)) {
    warnings.push(
      `whether ${first} and ${second} lie within the threshold cannot be told from this sample` +
        (furtherItems === null ? '' : `; about ${furtherItems} further drawings would tell`),
    );
  }
  for (const { winner, winRate } of peopleAgainst(decision.winner, reviews.summary)) {
    warnings.push(
      `people prefer ${winner} in ${winRate.count} of ${winRate.of} drawings: --winner ${winner} would follow them`,
    );
  }
  if (reviews.damaged.length > 0) {
    warnings.push(
      `${reviews.damaged.length} lines of manual_reviews.jsonl cannot be read (${reviews.damaged[0]})`,
    );
  }
  if (reviews.stale > 0) {
    warnings.push(`${reviews.stale} manual reviews are of labels that have changed since: they do not count`);
  }
  if (reviews.foreign > 0) {
    warnings.push(`${reviews.foreign} manual reviews are of drawings or teachers that are not compared`);
  }
  if (preferences !== null && preferences.otherPrompt > 0) {
    warnings.push(
      `${preferences.otherPrompt} labels were made for another prompt and make no preference pairs: run phase3 again`,
    );
  }
  return warnings;
}
