import { createDice } from './random.ts';

/** Numbers seen in real names start with a zero and stay below this. */
const NAME_SPACE = 50_000_000n;
/** Shares no factor with the name space, so that index → number repeats only after the whole space. */
const STRIDE = 38_742_049n;

/** Name without suffix, as real drawings have it: `APT_FP_OBJ_003109666`. Unique within a seed. */
export function planStem(seed: number, index: number): string {
  const start = BigInt(createDice(seed, -1).integer(0, Number(NAME_SPACE) - 1));
  const number = (start + BigInt(index) * STRIDE) % NAME_SPACE;
  const prefix = createDice(~seed, index).weighted([
    ['OBJ', 4],
    ['OCR', 2],
    ['SPA', 3],
    ['STR', 3],
  ]);
  return `APT_FP_${prefix}_${number.toString().padStart(9, '0')}`;
}
