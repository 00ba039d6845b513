import { OVERALL_GRADES, STRUCTURE_TYPES } from '@arae/floorplan';
import { spreadOf } from '../compare/spread-of.ts';
import type { Spread } from '../compare/spread-of.ts';
import type { RowFacts } from './row-facts.ts';

/** What is known of the rows of one side of the split. */
export interface SideStatistics {
  rows: number;
  bytes: number;
  /** Of the file, in hexadecimal digits. */
  sha256: string;
  /** Characters of all three messages together. */
  characters: { min: number; mean: number; max: number };
  /** Null without rows. */
  tokens: Spread | null;
  answer_tokens: Spread | null;
  contradictions: { severe: number; minor: number };
  grades: Record<string, number>;
  structure_types: Record<string, number>;
  bay_counts: Record<string, number>;
}

/** @param file what was written of the side */
export function sideStatistics(
  rows: readonly RowFacts[],
  file: { rows: number; bytes: number; sha256: string },
): SideStatistics {
  const characters = rows.map((row) => row.characters);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    ...file,
    characters: {
      min: rows.length === 0 ? 0 : characters.reduce((a, b) => Math.min(a, b)),
      mean: rows.length === 0 ? 0 : Math.round(sum(characters) / rows.length),
      max: characters.reduce((a, b) => Math.max(a, b), 0),
    },
    tokens: spreadOf(rows.map(({ tokens }) => tokens)),
    answer_tokens: spreadOf(rows.map(({ answerTokens }) => answerTokens)),
    contradictions: {
      severe: sum(rows.map(({ contradictions }) => contradictions.severe)),
      minor: sum(rows.map(({ contradictions }) => contradictions.minor)),
    },
    grades: countsOf(
      rows.map(({ grade }) => grade),
      OVERALL_GRADES,
    ),
    structure_types: countsOf(
      rows.map(({ structureType }) => structureType),
      STRUCTURE_TYPES,
    ),
    bay_counts: countsOf(rows.map(({ bayCount }) => String(bayCount))),
  };
}

/** How often each value comes; those of `known` stand first and are there with 0, too. */
function countsOf(values: readonly string[], known: readonly string[] = []): Record<string, number> {
  const counts = new Map(known.map((value) => [value, 0]));
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}
