/**
 * Round values for an axis: steps of 1, 2 or 5 times a power of ten.
 *
 * Ticks are counted in whole steps, not added up: 0.1 + 0.1 + 0.1 is not 0.3, and a tick would read 0.30000000000000004.
 */

const WANTED_TICKS = 5;

/** Ascending, all within minimum … maximum. `smallestStep` keeps a whole-number axis at whole numbers. */
export function tickValues(minimum: number, maximum: number, smallestStep = 0): readonly number[] {
  const step = Math.max(roundStep((maximum - minimum) / WANTED_TICKS), smallestStep);
  const first = Math.ceil(minimum / step - EDGE);
  const last = Math.floor(maximum / step + EDGE);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

/** Decimals that tell the ticks apart. */
export function tickDecimals(ticks: readonly number[]): number {
  const [first, second] = ticks;
  if (first === undefined || second === undefined) return MAXIMUM_DECIMALS;
  const decimals = Math.ceil(-Math.log10(second - first) - EDGE);
  return Math.min(Math.max(decimals, 0), MAXIMUM_DECIMALS);
}

const MAXIMUM_DECIMALS = 6;
/** Share of a step by which rounding may move a tick over the end of the axis. */
const EDGE = 1e-9;

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10) * power;
}
