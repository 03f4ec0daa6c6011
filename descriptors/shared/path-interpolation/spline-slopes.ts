/**
 * Slopes of a twice continuously differentiable cubic spline. Continuity of the second derivative at the inner images
 * is a tridiagonal system for the slopes; natural and clamped splines differ in its first and last row only.
 */
import { at, type PathNodes, segments } from './piecewise-cubic.ts';

/** before·m[i−1] + here·m[i] + after·m[i+1] = right */
export interface SlopeEquation {
  readonly before: number;
  readonly here: number;
  readonly after: number;
  readonly right: number;
}

/** dE/ds at every image, eV/Å, for the given conditions at both ends. */
export function splineSlopes(nodes: PathNodes, first: SlopeEquation, last: SlopeEquation): number[] {
  const parts = segments(nodes);
  const inner = parts.slice(1).map((after, index): SlopeEquation => {
    const before = at(parts, index);
    return {
      before: 1 / before.lengthAngstrom,
      here: 2 * (1 / before.lengthAngstrom + 1 / after.lengthAngstrom),
      after: 1 / after.lengthAngstrom,
      right: 3 * (before.slope / before.lengthAngstrom + after.slope / after.lengthAngstrom),
    };
  });
  return solveTridiagonal([first, ...inner, last]);
}

/** Gaussian elimination without pivoting: every row is dominated by its diagonal, so none is needed. */
function solveTridiagonal(equations: readonly SlopeEquation[]): number[] {
  const reduced: { after: number; right: number }[] = [];
  for (const [index, equation] of equations.entries()) {
    const above = reduced[index - 1] ?? { after: 0, right: 0 };
    const pivot = equation.here - equation.before * above.after;
    reduced.push({ after: equation.after / pivot, right: (equation.right - equation.before * above.right) / pivot });
  }
  const solution = new Array<number>(reduced.length).fill(0);
  for (let index = reduced.length - 1; index >= 0; index -= 1) {
    const row = at(reduced, index);
    solution[index] = row.right - row.after * (solution[index + 1] ?? 0);
  }
  return solution;
}
