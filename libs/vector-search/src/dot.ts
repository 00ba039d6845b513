/** The scalar product of `a` with the numbers of `table` from `start` on, added up in their order. */
export function dot(a: Float64Array, table: Float32Array, start: number): number {
  let sum = 0;
  for (let place = 0; place < a.length; place++) sum += a[place]! * table[start + place]!;
  return sum;
}
