export type Pooling = 'last_token' | 'mean';

/** The hidden states of one text (positions `from` to before `to`, each `width` numbers) as one vector. */
export function poolHidden(
  hidden: Float32Array,
  { from, to, width, pooling }: { from: number; to: number; width: number; pooling: Pooling },
): Float32Array {
  if (pooling === 'last_token') return hidden.slice((to - 1) * width, to * width);
  const sums = new Float64Array(width);
  for (let place = from * width; place < to * width; place++) sums[place % width]! += hidden[place]!;
  return Float32Array.from(sums, (sum) => sum / (to - from));
}
