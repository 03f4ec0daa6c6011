/**
 * Where the points of two matched lattices lie on a drawing: in the frame of the substrate, the first vector of the
 * common cell to the right.
 *
 * The mistake avoided here: drawing the film by its rotation alone. Unstrained its points drift off the corners of the
 * cell, and the picture shows no coincidence; it is drawn as it lies on the substrate, strained.
 */
import type { CoincidenceMatch } from '../../model/coincidence.ts';
import type { Matrix2, PlaneLattice, Vector2 } from '../../model/plane-lattice.ts';

export interface MatchFrame {
  readonly width: number;
  readonly height: number;
  /** Of a point in Å, in the drawing. */
  readonly at: (point: Vector2) => Vector2;
  readonly pixelsPerAngstrom: number;
  readonly corners: readonly Vector2[];
  /** Å. */
  readonly film: LatticePoints;
  readonly substrate: LatticePoints;
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

export interface LatticePoints {
  readonly lattice: PlaneLattice;
  readonly points: readonly Vector2[];
}

const PLOT_SIZE = 460;
const MARGIN = 24;
/** Under the plot, for the legend. */
export const LEGEND_HEIGHT = 150;
/** Beyond the common cell, in its shorter side. */
const SURROUNDINGS = 0.25;
const EDGE = 1e-9;

export function matchFrame(match: CoincidenceMatch, substrate: PlaneLattice): MatchFrame {
  const upright = turnedToRight(times(match.substrateMatrix, substrate));
  const corners: Vector2[] = [[0, 0], upright[0], sum(upright[0], upright[1]), upright[1]];
  const margin = SURROUNDINGS * Math.min(Math.hypot(...upright[0]), Math.hypot(...upright[1]));
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const low: Vector2 = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  const high: Vector2 = [Math.max(...xs) + margin, Math.max(...ys) + margin];
  const pixelsPerAngstrom = PLOT_SIZE / Math.max(high[0] - low[0], high[1] - low[1]);
  const plot = {
    left: MARGIN,
    top: MARGIN,
    right: MARGIN + PLOT_SIZE,
    bottom: MARGIN + (high[1] - low[1]) * pixelsPerAngstrom,
  };
  const left = MARGIN + (PLOT_SIZE - (high[0] - low[0]) * pixelsPerAngstrom) / 2;
  const latticePoints = (matrix: Matrix2): LatticePoints => {
    const lattice = times(inverse(matrix), upright);
    return { lattice, points: pointsWithin(lattice, low, high) };
  };
  return {
    width: PLOT_SIZE + 2 * MARGIN,
    height: plot.bottom + LEGEND_HEIGHT,
    at: ([x, y]) => [
      rounded(left + (x - low[0]) * pixelsPerAngstrom),
      rounded(plot.bottom - (y - low[1]) * pixelsPerAngstrom),
    ],
    pixelsPerAngstrom,
    corners,
    film: latticePoints(match.filmMatrix),
    substrate: latticePoints(match.substrateMatrix),
    plot,
  };
}

/** The first vector along x. */
function turnedToRight([u, v]: PlaneLattice): PlaneLattice {
  const length = Math.hypot(...u);
  return [
    [length, 0],
    [(u[0] * v[0] + u[1] * v[1]) / length, (u[0] * v[1] - u[1] * v[0]) / length],
  ];
}

function pointsWithin(lattice: PlaneLattice, low: Vector2, high: Vector2): Vector2[] {
  const back = inverse(lattice);
  const ends = [low, high, [low[0], high[1]] as const, [high[0], low[1]] as const];
  const steps = ends.map((point) => times([point, point], back)[0]);
  const points: Vector2[] = [];
  const range = (axis: 0 | 1) => {
    const along = steps.map((step) => step[axis]);
    return [Math.ceil(Math.min(...along) - EDGE), Math.floor(Math.max(...along) + EDGE)] as const;
  };
  const [[firstI, lastI], [firstJ, lastJ]] = [range(0), range(1)];
  for (let i = firstI; i <= lastI; i += 1) {
    for (let j = firstJ; j <= lastJ; j += 1) {
      const [x, y] = times(
        [
          [i, j],
          [0, 0],
        ],
        lattice,
      )[0];
      if (x > low[0] && x < high[0] && y > low[1] && y < high[1]) points.push([x, y]);
    }
  }
  return points;
}

function times(matrix: Matrix2, [a, b]: Matrix2): Matrix2 {
  const row = ([i, j]: Vector2): Vector2 => [i * a[0] + j * b[0], i * a[1] + j * b[1]];
  return [row(matrix[0]), row(matrix[1])];
}

function inverse([[a, b], [c, d]]: Matrix2): Matrix2 {
  const unit = 1 / (a * d - b * c);
  return [
    [d * unit, -b * unit],
    [-c * unit, a * unit],
  ];
}

function sum(u: Vector2, v: Vector2): Vector2 {
  return [u[0] + v[0], u[1] + v[1]];
}

/** A hundredth of a pixel is not seen, and halves the file. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
