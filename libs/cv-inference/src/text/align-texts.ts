import type { ConfusionTable } from './confusion-table.ts';
import { jamoDifference } from './jamo-difference.ts';

/** One step of an alignment; empty where one of the two has nothing. */
export interface AlignmentStep {
  readonly read: string;
  readonly meant: string;
}

export interface Alignment {
  /** The edit distance: about 1 for each character that differs. */
  readonly cost: number;
  readonly steps: readonly AlignmentStep[];
}

/** How much of a wrong character is forgiven when its jamo agree. */
const JAMO_SHARE = 0.35;
/** The recogniser rather loses characters than invents them. */
const MISSING = 0.6;
const EXTRA = 1.2;
/** The first character is read best, so a word that begins otherwise is less likely. */
const FIRST_CHARACTER = 1.2;
/** Dots, bars and the like are specks as often as characters. */
const MARK_SHARE = 0.6;
/** A small letter for a capital one. */
const OTHER_CASE = 0.2;
/** How much a known confusion saves at most: for a character that is often wrong, and for just this pair. */
const OFTEN_WRONG_SAVING = 0.3;
const KNOWN_PAIR_SAVING = 0.5;
/** After how many sightings half of the first saving is reached. */
const SIGHTINGS_FOR_HALF = 3;

const mark = /^[^\p{L}\p{N}]$/u;

/** The cheapest way from the characters meant to the characters read, by edit distance over jamo. */
export function alignTexts(
  read: readonly string[],
  meant: readonly string[],
  confusions: ConfusionTable = {},
): Alignment {
  const width = meant.length + 1;
  const costs = new Float64Array((read.length + 1) * width);
  const extra = read.map((character) => extraCost(character, confusions));
  const missing = meant.map((character, index) => missingCost(character) * positionWeight(index));
  const costAt = (row: number, column: number) => costs[row * width + column] as number;
  const wrong = (row: number, column: number): number =>
    wrongCost(read[row - 1] as string, meant[column - 1] as string, confusions) *
    (row === 1 && column === 1 ? FIRST_CHARACTER : 1);

  for (let row = 0; row <= read.length; row++) {
    for (let column = 0; column <= meant.length; column++) {
      if (row === 0 && column === 0) continue;
      costs[row * width + column] = Math.min(
        row > 0 && column > 0 ? costAt(row - 1, column - 1) + wrong(row, column) : Infinity,
        row > 0 ? costAt(row - 1, column) + (extra[row - 1] as number) : Infinity,
        column > 0 ? costAt(row, column - 1) + (missing[column - 1] as number) : Infinity,
      );
    }
  }

  const steps: AlignmentStep[] = [];
  let row = read.length;
  let column = meant.length;
  while (row > 0 || column > 0) {
    const cost = costAt(row, column);
    const isPair = row > 0 && column > 0 && cost === costAt(row - 1, column - 1) + wrong(row, column);
    const isExtra = !isPair && row > 0 && cost === costAt(row - 1, column) + (extra[row - 1] as number);
    if (isPair || isExtra) row--;
    if (isPair || !isExtra) column--;
    steps.push({
      read: isPair || isExtra ? (read[row] as string) : '',
      meant: isPair || !isExtra ? (meant[column] as string) : '',
    });
  }
  return { cost: costAt(read.length, meant.length), steps: steps.reverse() };
}

function positionWeight(index: number): number {
  return index === 0 ? FIRST_CHARACTER : 1;
}

function extraCost(character: string, confusions: ConfusionTable): number {
  return EXTRA * (mark.test(character) ? MARK_SHARE : 1) * oftenWrongFactor(character, confusions);
}

function missingCost(character: string): number {
  return MISSING * (mark.test(character) ? MARK_SHARE : 1);
}

function wrongCost(read: string, meant: string, confusions: ConfusionTable): number {
  if (read === meant) return 0;
  if (read.toLowerCase() === meant.toLowerCase()) return OTHER_CASE;
  const base = mark.test(read) ? MARK_SHARE : 1 - JAMO_SHARE + JAMO_SHARE * jamoDifference(read, meant);
  const seen = countsOf(read, confusions)[meant] ?? 0;
  return base * oftenWrongFactor(read, confusions) * (1 - (KNOWN_PAIR_SAVING * seen) / (seen + 1));
}

function oftenWrongFactor(read: string, confusions: ConfusionTable): number {
  let sightings = 0;
  for (const count of Object.values(countsOf(read, confusions))) sightings += count;
  return 1 - (OFTEN_WRONG_SAVING * sightings) / (sightings + SIGHTINGS_FOR_HALF);
}

function countsOf(read: string, confusions: ConfusionTable): Readonly<Record<string, number>> {
  return Object.hasOwn(confusions, read) ? (confusions[read] ?? {}) : {};
}
