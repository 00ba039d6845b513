import type { Random } from '@arae/floorplan';

/**
 * Means of every series over resampled items: each round draws as many items as there are, with replacement, and takes the same items
 * of every series, so that differences of two series stay paired.
 *
 * @param series values item by item, all of one length
 * @returns for each series the means of the rounds
 */
export function resampleMeans(
  series: readonly (readonly number[])[],
  rounds: number,
  random: Random,
): Float64Array[] {
  const items = series[0]?.length ?? 0;
  if (series.some(({ length }) => length !== items)) throw new RangeError('the series differ in length');
  const means = series.map(() => new Float64Array(rounds));
  if (items === 0) return means;
  const columns = series.map((values) => Float64Array.from(values));
  const drawn = new Uint32Array(items);
  for (let round = 0; round < rounds; round++) {
    for (let draw = 0; draw < items; draw++) drawn[draw] = random.integer(items);
    for (const [index, column] of columns.entries()) {
      let sum = 0;
      for (let draw = 0; draw < items; draw++) sum += column[drawn[draw] as number] as number;
      (means[index] as Float64Array)[round] = sum / items;
    }
  }
  return means;
}
