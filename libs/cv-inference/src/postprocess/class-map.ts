import { roundHalfEven } from '../images/round-half-even.ts';

/** What still has to be done to the network's output to make scores of it. */
export type Activation = 'none' | 'sigmoid' | 'softmax';

export interface ScoreShape {
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  /** Default `none`: the output holds scores. */
  readonly activation?: Activation;
}

const HIGHEST_CLASS = 255;

/**
 * The class of every pixel: (best score, rounded, halves to even) × (its channel + 1). So a pixel whose best score is
 * 0.5 or less is background, 0, and a "score" of more than 1.5 multiplies the class, as it does in the service. The
 * first of equal channels wins.
 *
 * @param scores `channels × height × width`
 * @returns `height × width`; values above 255 become 255, below 0 become 0
 * @throws {RangeError} if `scores` has another length
 */
export function classMapOf(
  scores: Float32Array,
  { channels, width, height, activation = 'none' }: ScoreShape,
): Uint8Array {
  const pixels = width * height;
  if (scores.length !== channels * pixels) {
    throw new RangeError(
      `scores: ${scores.length} values, but ${channels} × ${height} × ${width} are ${channels * pixels}`,
    );
  }
  const best = scores.slice(0, pixels);
  const channelOf = new Uint8Array(pixels);
  for (let channel = 1, at = pixels; channel < channels; channel += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1, at += 1) {
      if (scores[at]! > best[pixel]!) {
        best[pixel] = scores[at]!;
        channelOf[pixel] = channel;
      }
    }
  }
  if (activation === 'sigmoid') applySigmoid(scores, best, channelOf);
  if (activation === 'softmax') applySoftmax(scores, best);

  const classes = new Uint8ClampedArray(pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const score = best[pixel]!;
    // Also false for what is not a number.
    if (score > 0.5) {
      classes[pixel] = Math.min(
        (score <= 1.5 ? 1 : roundHalfEven(score)) * (channelOf[pixel]! + 1),
        HIGHEST_CLASS,
      );
    }
  }
  return new Uint8Array(classes.buffer);
}

/** From here on single-precision sigmoids of different logits may be equal, and then the first channel wins. */
const SATURATING = 4;

function applySigmoid(logits: Float32Array, best: Float32Array, channelOf: Uint8Array): void {
  const pixels = best.length;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const logit = best[pixel]!;
    const score = sigmoid(logit);
    best[pixel] = score;
    if (logit < SATURATING) continue;
    for (let channel = 0; channel < channelOf[pixel]!; channel += 1) {
      if (sigmoid(logits[channel * pixels + pixel]!) === score) channelOf[pixel] = channel;
    }
  }
}

function sigmoid(logit: number): number {
  return Math.fround(1 / Math.fround(1 + Math.fround(Math.exp(-logit))));
}

function applySoftmax(logits: Float32Array, best: Float32Array): void {
  const pixels = best.length;
  const sums = new Float32Array(pixels);
  for (let at = 0; at < logits.length;) {
    for (let pixel = 0; pixel < pixels; pixel += 1, at += 1) {
      sums[pixel] = sums[pixel]! + Math.fround(Math.exp(logits[at]! - best[pixel]!));
    }
  }
  for (let pixel = 0; pixel < pixels; pixel += 1) best[pixel] = 1 / sums[pixel]!;
}
