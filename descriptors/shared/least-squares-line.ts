/**
 * A straight line through points by least squares, with what the scatter says of its intercept.
 *
 * The mistake avoided here: sums of x² and x·y of large numbers lose the digits that the slope is made of; everything is
 * taken from the means (Numerical Recipes, §15.2).
 */

export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** 1σ of the intercept and of the slope from the residuals; absent for two points, which show none. */
  readonly interceptSigma?: number;
  readonly slopeSigma?: number;
}

/** Undefined with fewer than two distinct x. */
export function leastSquaresLine(x: readonly number[], y: readonly number[]): Line | undefined {
  const n = x.length;
  const meanX = mean(x);
  const meanY = mean(y);
  let [squares, products] = [0, 0];
  for (let at = 0; at < n; at += 1) {
    const offset = (x[at] ?? 0) - meanX;
    squares += offset * offset;
    products += offset * ((y[at] ?? 0) - meanY);
  }
  if (!(squares > 0)) return undefined;
  const slope = products / squares;
  const intercept = meanY - slope * meanX;
  if (n < 3) return { slope, intercept };
  const residual = x.reduce((sum, each, at) => sum + ((y[at] ?? 0) - intercept - slope * each) ** 2, 0);
  const variance = residual / (n - 2);
  return {
    slope,
    intercept,
    interceptSigma: Math.sqrt(variance * (1 / n + meanX ** 2 / squares)),
    slopeSigma: Math.sqrt(variance / squares),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
