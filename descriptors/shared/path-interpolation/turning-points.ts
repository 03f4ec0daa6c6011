/**
 * Where an interpolated path turns: the roots of the derivative of each cubic, solved and not sampled (SCIENCE §3.6).
 *
 * The mistakes avoided here: counting an image twice because it is an extremum of both of its segments, taking a level
 * inflection for an extremum, and reporting an endpoint as a maximum along the path.
 */
import type { Extremum, Interpolation } from '../../../model/path.ts';
import { at, derivativeAt, type PiecewiseCubic, pointAt, segmentCount, segmentPolynomial } from './piecewise-cubic.ts';

/** In units of a segment: roots closer than this, to each other or to an image, are one point. */
const SAME_POINT = 1e-6;

export interface TurningPoint extends Extremum {
  readonly kind: 'maximum' | 'minimum';
}

/** Maxima strictly between the endpoints; minima with the endpoints, marked so, where the curve is level there. */
export function extrema(curve: PiecewiseCubic): Interpolation {
  const points = turningPoints(curve);
  const ends = levelMinimaAtEnds(curve);
  const minima = points.filter((point) => point.kind === 'minimum').map(withoutKind);
  return {
    maxima: points.filter((point) => point.kind === 'maximum').map(withoutKind),
    minima: [...minima, ...ends].sort((left, right) => left.imageCoordinate - right.imageCoordinate),
  };
}

/** Maxima and minima between the endpoints, alternating, in order of the path. */
export function turningPoints(curve: PiecewiseCubic): readonly TurningPoint[] {
  return shapeOf(curve).points;
}

interface CurveShape {
  readonly stationary: readonly number[];
  readonly pieces: readonly MonotonePiece[];
  readonly points: readonly TurningPoint[];
}

/** Barrier, uncertainty, remarks and table ask for the shape of one curve: it is solved once. */
const SHAPES = new WeakMap<PiecewiseCubic, CurveShape>();

function shapeOf(curve: PiecewiseCubic): CurveShape {
  const known = SHAPES.get(curve);
  if (known !== undefined) return known;
  const stationary = stationaryCoordinates(curve);
  const pieces = monotonePieces(curve, stationary);
  const shape = { stationary, pieces, points: pointsBetween(curve, pieces) };
  SHAPES.set(curve, shape);
  return shape;
}

function pointsBetween(curve: PiecewiseCubic, pieces: readonly MonotonePiece[]): TurningPoint[] {
  const found: TurningPoint[] = [];
  let before: MonotonePiece | undefined;
  for (const piece of pieces) {
    if (before !== undefined && before.direction !== piece.direction) {
      // A level stretch between rise and fall is one point, in its middle.
      const imageCoordinate = before.to === piece.from ? piece.from : (before.to + piece.from) / 2;
      const kind = before.direction > 0 ? 'maximum' : 'minimum';
      found.push({ ...pointOnCurve(curve, imageCoordinate), kind });
    }
    before = piece;
  }
  return found;
}

/** A stretch on which the curve only rises (direction 1) or only falls (−1), in image coordinates. */
interface MonotonePiece {
  readonly from: number;
  readonly to: number;
  readonly direction: number;
}

function monotonePieces(curve: PiecewiseCubic, stationary: readonly number[]): readonly MonotonePiece[] {
  const borders = [0, ...stationary, segmentCount(curve)];
  const pieces: MonotonePiece[] = [];
  for (let index = 1; index < borders.length; index += 1) {
    const from = at(borders, index - 1);
    const to = at(borders, index);
    if (from === to) continue;
    const direction = Math.sign(derivativeAt(curve, (from + to) / 2));
    if (direction !== 0) pieces.push({ from, to, direction });
  }
  return pieces;
}

/** Image coordinates with dE/ds = 0, ascending, each once; a root next to an image is that image. */
function stationaryCoordinates(curve: PiecewiseCubic): readonly number[] {
  const coordinates: number[] = [];
  for (let index = 0; index <= segmentCount(curve); index += 1) {
    if (at(curve.slopesEvPerAngstrom, index) === 0) coordinates.push(index);
    if (index < segmentCount(curve)) coordinates.push(...segmentRoots(curve, index));
  }
  const unique: number[] = [];
  for (const coordinate of coordinates.sort((left, right) => left - right)) {
    const previous = unique.at(-1);
    if (previous === undefined || coordinate - previous > SAME_POINT) unique.push(coordinate);
  }
  return unique;
}

/** Roots of 3w·u² + 2c·u + b in the segment behind image `index`, as image coordinates. */
function segmentRoots(curve: PiecewiseCubic, index: number): number[] {
  const { b, c, w } = segmentPolynomial(curve, index);
  const discriminant = c * c - 3 * w * b;
  if (discriminant < 0) return [];
  // The form that loses no digits: neither root is a difference of nearly equal numbers.
  const sum = -(c + (c < 0 ? -1 : 1) * Math.sqrt(discriminant));
  const roots = [sum / (3 * w), b / sum].filter((u) => u >= -SAME_POINT && u <= 1 + SAME_POINT);
  return roots.map((u) => (Math.abs(u - Math.round(u)) <= SAME_POINT ? index + Math.round(u) : index + u));
}

function levelMinimaAtEnds(curve: PiecewiseCubic): Extremum[] {
  const { pieces, stationary } = shapeOf(curve);
  const end = segmentCount(curve);
  const found: Extremum[] = [];
  if (stationary[0] === 0 && pieces[0]?.direction === 1) found.push({ ...pointOnCurve(curve, 0), endpoint: true });
  if (stationary.at(-1) === end && pieces.at(-1)?.direction === -1) {
    found.push({ ...pointOnCurve(curve, end), endpoint: true });
  }
  return found;
}

function pointOnCurve(curve: PiecewiseCubic, imageCoordinate: number): Extremum {
  const { distanceAngstrom, energyEv } = pointAt(curve, imageCoordinate);
  return { distanceAngstrom, energyEv, imageCoordinate };
}

function withoutKind({ kind: _, ...extremum }: TurningPoint): Extremum {
  return extremum;
}
