/**
 * Cubic spline through the energies with zero slope at both ends, as relaxed endpoints have (SCIENCE §3.6; the default of
 * current pymatgen). It can overshoot between images.
 */
import type { PathNodes } from './piecewise-cubic.ts';
import { splineSlopes } from './spline-slopes.ts';

/** dE/ds at every image, eV/Å. */
export function clampedSlopes(nodes: PathNodes): number[] {
  const level = { before: 0, here: 1, after: 0, right: 0 };
  return splineSlopes(nodes, level, level);
}
