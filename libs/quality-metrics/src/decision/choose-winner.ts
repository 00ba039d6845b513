/** What the decision knows of a teacher. */
export interface Candidate {
  name: string;
  /** Weighted total, 0–1. */
  total: number;
  /** 0–1 */
  schemaCompliance: number;
  /** USD really paid per label; null when it is not known. */
  costPerLabel: number | null;
  /** A reference is shown, but never wins. */
  isReference: boolean;
}

export interface DecisionRule {
  /** Totals that differ by no more than this count as equal, so that the price decides. */
  threshold: number;
  /** A teacher under this cannot win. */
  minSchemaCompliance: number;
}

export interface Decision {
  winner: string | null;
  /** Why, in sentences. */
  reasons: string[];
}

/** Totals are sums of many binary fractions: what they are off by is no difference. */
const ROUNDING = 1e-9;

/**
 * The cheapest, by what was really paid, among those within the threshold of the best total. A cost that is not known counts
 * as higher than any that is. Among equals the better total wins, then the name.
 */
export function chooseWinner(candidates: readonly Candidate[], rule: DecisionRule): Decision {
  const reasons: string[] = [];
  const eligible = candidates.filter(({ name, isReference, schemaCompliance }) => {
    if (isReference) return false;
    if (schemaCompliance >= rule.minSchemaCompliance) return true;
    reasons.push(
      `${name} is out: schema compliance ${schemaCompliance.toFixed(3)} is under ${rule.minSchemaCompliance}.`,
    );
    return false;
  });
  const best = eligible.toSorted((a, b) => b.total - a.total || compareNames(a, b))[0];
  if (best === undefined) {
    reasons.push('No teacher is left to win.');
    return { winner: null, reasons };
  }
  reasons.push(`${best.name} has the best total, ${best.total.toFixed(4)}.`);
  const close = eligible.filter(({ total }) => total >= best.total - rule.threshold - ROUNDING);
  const winner = close.toSorted(
    (a, b) => costOf(a) - costOf(b) || b.total - a.total || compareNames(a, b),
  )[0] as Candidate;
  if (close.length > 1) {
    const names = close.map(({ name, total }) => `${name} (${total.toFixed(4)})`).join(', ');
    reasons.push(`Within ${rule.threshold} of it: ${names}.`);
    reasons.push(`${winner.name} is the cheapest of them: ${describeCost(winner)}.`);
  }
  return { winner: winner.name, reasons };
}

function costOf({ costPerLabel }: Candidate): number {
  // Not Infinity, whose difference with itself is no number.
  return costPerLabel ?? Number.MAX_VALUE;
}

function describeCost({ costPerLabel }: Candidate): string {
  return costPerLabel === null ? 'its cost is not known' : `USD ${costPerLabel.toFixed(6)} per label`;
}

function compareNames(a: Candidate, b: Candidate): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
