/** Beyond this the tail is under 10⁻¹⁵, less than what a sum near 1 can tell. */
const FAR = 8;

/**
 * Probability that a standard normal number is at most x. By the series ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …) of Marsaglia (Evaluating
 * the Normal Distribution, 2004), exact to about 10⁻¹⁵.
 */
export function normalCdf(x: number): number {
  if (x < -FAR) return 0;
  if (x > FAR) return 1;
  let term = x;
  let sum = x;
  for (let divisor = 3; Math.abs(term) > 1e-17 * Math.abs(sum); divisor += 2) {
    term *= (x * x) / divisor;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The x with `normalCdf(x) = probability`, by bisection; from −8 to 8. */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`a probability lies between 0 and 1, not at ${probability}`);
  }
  let low = -FAR;
  let high = FAR;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
