/**
 * Natural cubic spline through the energies: no curvature at the ends. It tends to tilt at relaxed endpoints, where the
 * true slope is zero; kept to compare with other programs (SCIENCE §3.6).
 */
import { at, type PathNodes, segments } from './piecewise-cubic.ts';
import { splineSlopes } from './spline-slopes.ts';

/** dE/ds at every image, eV/Å. */
export function naturalSlopes(nodes: PathNodes): number[] {
  const parts = segments(nodes);
  const first = at(parts, 0);
  const last = at(parts, parts.length - 1);
  return splineSlopes(
    nodes,
    { before: 0, here: 2, after: 1, right: 3 * first.slope },
    { before: 1, here: 2, after: 0, right: 3 * last.slope },
  );
}
