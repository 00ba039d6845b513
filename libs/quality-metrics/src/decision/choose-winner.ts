import { describeStep } from './decision-step.ts';
import type { DecisionStep } from './decision-step.ts';

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
  /** How it came to that. */
  steps: DecisionStep[];
  /** The same in English sentences. */
  reasons: string[];
}

/** Totals are sums of many binary fractions: what they are off by is no difference. */
const ROUNDING = 1e-9;

/**
 * The cheapest, by what was really paid, among those within the threshold of the best total. A cost that is not known counts
 * as higher than any that is. Among equals the better total wins, then the name.
 */
export function chooseWinner(candidates: readonly Candidate[], rule: DecisionRule): Decision {
  const steps: DecisionStep[] = [];
  const decide = (winner: string | null): Decision => ({
    winner,
    steps,
    reasons: steps.map((step) => describeStep(step)),
  });
  const eligible = candidates.filter(({ name, isReference, schemaCompliance }) => {
    if (isReference) return false;
    if (schemaCompliance >= rule.minSchemaCompliance) return true;
    steps.push({ kind: 'below_compliance', name, schemaCompliance, minimum: rule.minSchemaCompliance });
    return false;
  });
  const best = eligible.toSorted((a, b) => b.total - a.total || compareNames(a, b))[0];
  if (best === undefined) {
    steps.push({ kind: 'none_left' });
    return decide(null);
  }
  steps.push({ kind: 'best', name: best.name, total: best.total });
  const close = eligible.filter(({ total }) => total >= best.total - rule.threshold - ROUNDING);
  const winner = close.toSorted(
    (a, b) => costOf(a) - costOf(b) || b.total - a.total || compareNames(a, b),
  )[0] as Candidate;
  if (close.length > 1) {
    steps.push({
      kind: 'close',
      threshold: rule.threshold,
      candidates: close.map(({ name, total }) => ({ name, total })),
    });
    steps.push({ kind: 'cheapest', name: winner.name, costPerLabel: winner.costPerLabel });
  }
  return decide(winner.name);
}

function costOf({ costPerLabel }: Candidate): number {
  // Not Infinity, whose difference with itself is no number.
  return costPerLabel ?? Number.MAX_VALUE;
}

function compareNames(a: Candidate, b: Candidate): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
