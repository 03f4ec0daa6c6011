/**
 * Shape-preserving cubic interpolation: between two images the curve never leaves the range of their energies, so its
 * maximum is always an image (SCIENCE §3.6).
 *
 * Source: Fritsch & Butland, SIAM J. Sci. Stat. Comput. 5, 300 (1984), weighted harmonic mean; end slopes by Moler's
 * three-point rule. The same choices as scipy's `PchipInterpolator`.
 */
import { at, type PathNodes, segments } from './piecewise-cubic.ts';

interface Segment {
  readonly lengthAngstrom: number;
  readonly slope: number;
}

/** dE/ds at every image, eV/Å. */
export function pchipSlopes(nodes: PathNodes): number[] {
  const parts = segments(nodes);
  const first = at(parts, 0);
  const second = parts[1];
  if (second === undefined) return [first.slope, first.slope];
  const inner = parts.slice(1).map((after, index) => innerSlope(at(parts, index), after));
  const last = at(parts, parts.length - 1);
  return [endSlope(first, second), ...inner, endSlope(last, at(parts, parts.length - 2))];
}

/** Zero at a turning point, else the harmonic mean weighted towards the shorter segment. */
function innerSlope(before: Segment, after: Segment): number {
  if (Math.sign(before.slope) !== Math.sign(after.slope) || before.slope === 0) return 0;
  const weightBefore = 2 * after.lengthAngstrom + before.lengthAngstrom;
  const weightAfter = after.lengthAngstrom + 2 * before.lengthAngstrom;
  return (weightBefore + weightAfter) / (weightBefore / before.slope + weightAfter / after.slope);
}

/** Three-point slope at an end, cut back where it would make the curve overshoot. */
function endSlope(outer: Segment, next: Segment): number {
  const slope =
    ((2 * outer.lengthAngstrom + next.lengthAngstrom) * outer.slope - outer.lengthAngstrom * next.slope) /
    (outer.lengthAngstrom + next.lengthAngstrom);
  if (Math.sign(slope) !== Math.sign(outer.slope)) return 0;
  const turns = Math.sign(outer.slope) !== Math.sign(next.slope);
  return turns && Math.abs(slope) > 3 * Math.abs(outer.slope) ? 3 * outer.slope : slope;
}
