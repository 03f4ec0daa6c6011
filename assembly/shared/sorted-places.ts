/**
 * The largest gap of a circle of fractions, and atoms in the order of their heights.
 *
 * Asked for every structure of a tree, where sorting with a comparison took longer than all that is done with the order.
 * Numbers that lie in a known range are put into as many bins as there are numbers first; plain arrays hold them, which
 * cost less than typed ones as long as they are short.
 */

export interface CircleGap {
  /** As a share of the circle; 0 without any number. */
  readonly width: number;
  /** Where the gap ends: may be 1 or more, when it crosses the origin. */
  readonly end: number;
}

/** `fractions` from 0 to below 1; of equally wide gaps the first one. A cell without volume has NaN for all of them. */
export function widestGap(fractions: Float64Array): CircleGap {
  // One bin more than numbers: the widest gap is wider than a bin, so only the lowest and highest of each one matter.
  const bins = fractions.length + 1;
  const lows: number[] = new Array(bins).fill(Number.POSITIVE_INFINITY);
  const highs: number[] = new Array(bins).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < fractions.length; at += 1) {
    const fraction = fractions[at] ?? 0;
    const bin = Math.min(bins - 1, Math.floor(fraction * bins)) || 0;
    if (fraction < (lows[bin] ?? 0)) lows[bin] = fraction;
    if (fraction > (highs[bin] ?? 0)) highs[bin] = fraction;
  }
  let lowest = fractions.length === 0 ? 0 : Number.NaN;
  let previous = Number.NaN;
  let [width, end] = [0, Number.NaN];
  for (let bin = 0; bin < bins; bin += 1) {
    const low = lows[bin] ?? 0;
    if (low === Number.POSITIVE_INFINITY) continue;
    if (Number.isNaN(previous)) lowest = low;
    else if (low - previous > width) [width, end] = [low - previous, low];
    previous = highs[bin] ?? 0;
  }
  // Over the origin.
  if (lowest + 1 - previous > width) [width, end] = [lowest + 1 - previous, lowest + 1];
  return { width, end: Number.isNaN(end) ? lowest : end };
}

/** `atoms` by height, of equal heights in their own order; they are given in ascending order. */
export function byHeight(atoms: readonly number[], heightsAngstrom: Float64Array): number[] {
  let highest = 0;
  for (let at = 0; at < atoms.length; at += 1) highest = Math.max(highest, heightsAngstrom[atoms[at] ?? 0] ?? 0);
  const bins = 4 * atoms.length;
  // Of the smallest doubles the quotient is endless.
  const perBin = highest > 0 ? Math.min((bins - 1) / highest, Number.MAX_VALUE) : 0;
  const binOf = (atom: number): number => Math.max(0, Math.floor((heightsAngstrom[atom] ?? 0) * perBin) || 0);
  const starts: number[] = new Array(bins + 1).fill(0);
  for (let at = 0; at < atoms.length; at += 1) {
    const bin = binOf(atoms[at] ?? 0) + 1;
    starts[bin] = (starts[bin] ?? 0) + 1;
  }
  for (let bin = 1; bin <= bins; bin += 1) starts[bin] = (starts[bin] ?? 0) + (starts[bin - 1] ?? 0);
  const sorted: number[] = new Array(atoms.length).fill(0);
  for (let at = 0; at < atoms.length; at += 1) {
    const atom = atoms[at] ?? 0;
    const bin = binOf(atom);
    const place = starts[bin] ?? 0;
    sorted[place] = atom;
    starts[bin] = place + 1;
  }
  // Within a bin, in which few atoms are.
  for (let at = 1; at < sorted.length; at += 1) {
    const atom = sorted[at] ?? 0;
    const height = heightsAngstrom[atom] ?? 0;
    let to = at;
    while (to > 0 && (heightsAngstrom[sorted[to - 1] ?? 0] ?? 0) > height) {
      sorted[to] = sorted[to - 1] ?? 0;
      to -= 1;
    }
    sorted[to] = atom;
  }
  return sorted;
}
