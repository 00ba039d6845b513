import type { Hit } from '@arae/vector-search';

export interface Distribution {
  min: number;
  p25: number;
  median: number;
  p75: number;
  max: number;
}

/** How similar the chunks of each rank are over all distinct queries (quantiles by nearest rank). */
export function similarityPerRank(found: readonly (readonly Hit[])[]): Distribution[] {
  const ranks = Math.max(0, ...found.map(({ length }) => length));
  return Array.from({ length: ranks }, (_, rank) => {
    const values = found.flatMap((hits) => hits[rank]?.similarity ?? []).sort((a, b) => a - b);
    const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? 0;
    return { min: at(0), p25: at(0.25), median: at(0.5), p75: at(0.75), max: at(1) };
  });
}

export interface Example {
  query: string;
  found: { similarity: number; content: string }[];
}

/** Up to five queries, spread evenly over all, with what was found: for a person to look at. */
export function exampleTexts(
  queries: readonly string[],
  found: readonly (readonly Hit[])[],
  contentOf: (chunk: number) => string,
): Example[] {
  const count = Math.min(5, queries.length);
  return Array.from({ length: count }, (_, example) => {
    const place = Math.floor((example * queries.length) / count);
    return {
      query: queries[place] ?? '',
      found: (found[place] ?? []).map(({ index, similarity }) => ({ similarity, content: contentOf(index) })),
    };
  });
}
