/**
 * A planar average as a function of height: heights in Å, charge up to each height, the flat part in the vacuum.
 *
 * The mistakes avoided here: taking |c| for the height of a cell whose c is not perpendicular to its layer (the planes are
 * V/A = 1/|c*| apart), and forgetting that a profile is periodic, so that a vacuum split by the cell's edge is one.
 */
import { type Matrix3, norm, reciprocal } from './lattice.ts';

/** Heights of the planes above the first, along the normal of the two other vectors, Å. */
export function heightsAngstrom(lattice: Matrix3, axis: number, count: number): Float64Array {
  const height = periodAngstrom(lattice, axis);
  return Float64Array.from({ length: count }, (_, index) => (index * height) / count);
}

/** Distance of a lattice plane to its next image, Å. */
export function periodAngstrom(lattice: Matrix3, axis: number): number {
  return 1 / norm(reciprocal(lattice)[axis] ?? [Number.NaN, 0, 0]);
}

/**
 * Charge between plane 0 and each height, e: the planar average (e/Å³) integrated by trapezoids. Over a whole period it
 * is the integral of the density, so that of a neutral difference it comes back to 0.
 */
export function cumulativeCharge(planarAverage: Float64Array, volumeAngstrom3: number): Float64Array {
  const slice = volumeAngstrom3 / planarAverage.length;
  const result = new Float64Array(planarAverage.length);
  let sum = 0;
  for (let index = 1; index < planarAverage.length; index += 1) {
    sum += 0.5 * slice * ((planarAverage[index - 1] ?? Number.NaN) + (planarAverage[index] ?? Number.NaN));
    result[index] = sum;
  }
  return result;
}

export interface Plateau {
  /** Mean over the window, unit of the profile. */
  readonly value: number;
  /** Middle of the window, Å above plane 0, below one period. */
  readonly heightAngstrom: number;
  /** (largest − smallest value) / window, unit of the profile per Å. */
  readonly slopePerAngstrom: number;
}

/** SCIENCE §7. */
export const PLATEAU_WINDOW_ANGSTROM = 2;
export const PLATEAU_SLOPE_EV_PER_ANGSTROM = 0.01;

export interface PlateauLimits {
  readonly windowAngstrom?: number;
  readonly slopePerAngstrom?: number;
}

/**
 * Windows of 2 Å of the periodic profile that are flatter than the limit, flattest first, no two of them overlapping: a
 * slab with a dipole correction has two. Empty when the profile is nowhere flat. The range counts and not a fitted line,
 * which is flat across the middle of every layer of atoms, too.
 */
export function plateaus(planarAverage: Float64Array, period: number, limits: PlateauLimits = {}): Plateau[] {
  const { windowAngstrom = PLATEAU_WINDOW_ANGSTROM, slopePerAngstrom = PLATEAU_SLOPE_EV_PER_ANGSTROM } = limits;
  const count = planarAverage.length;
  const windows = windowsOf(planarAverage, period, windowAngstrom);
  if (windows === undefined) return [];
  const { slopes, width } = windows;
  const flattestFirst = Array.from(slopes.keys())
    .filter((start) => (slopes[start] ?? Number.NaN) < slopePerAngstrom)
    .sort((one, other) => (slopes[one] ?? 0) - (slopes[other] ?? 0));
  const chosen: number[] = [];
  for (const start of flattestFirst) {
    const isApart = chosen.every((other) => {
      const distance = Math.abs(other - start);
      return Math.min(distance, count - distance) >= width - 1;
    });
    if (isApart) chosen.push(start);
  }
  return chosen.map((start) => plateauAt(start, planarAverage, windows));
}

/**
 * The flattest window of 2 Å between two heights, however steep it is; undefined when none fits between them. The upper
 * height may lie beyond the period: the profile goes on.
 */
export function flattestWindow(
  planarAverage: Float64Array,
  period: number,
  [fromAngstrom, toAngstrom]: readonly [number, number],
): Plateau | undefined {
  const count = planarAverage.length;
  const windows = windowsOf(planarAverage, period, PLATEAU_WINDOW_ANGSTROM);
  if (windows === undefined) return undefined;
  const { slopes, width, step } = windows;
  const last = Math.floor(toAngstrom / step + 1e-9) - (width - 1);
  let flattest: number | undefined;
  for (let start = Math.ceil(fromAngstrom / step - 1e-9); start <= last; start += 1) {
    const [slope, least] = [slopes[start % count], flattest === undefined ? undefined : slopes[flattest]];
    if (slope !== undefined && (least === undefined || slope < least)) flattest = start % count;
  }
  return flattest === undefined ? undefined : plateauAt(flattest, planarAverage, windows);
}

interface Windows {
  /** (largest − smallest value) / width of the window that starts at each plane. */
  readonly slopes: Float64Array;
  /** Planes in a window, both ends counted. */
  readonly width: number;
  readonly step: number;
}

/** Undefined when the planes are too few, or too far apart, for a window. */
function windowsOf(planarAverage: Float64Array, period: number, windowAngstrom: number): Windows | undefined {
  const count = planarAverage.length;
  const step = period / count;
  // The window holds at least 2 Å: the slack keeps rounding from adding a plane.
  const width = Math.ceil(windowAngstrom / step - 1e-9) + 1;
  if (width < 3 || width > count) return undefined;
  const largest = slidingMaximum(planarAverage, width, 1);
  const negatedSmallest = slidingMaximum(planarAverage, width, -1);
  const slopes = largest.map((value, start) => (value + (negatedSmallest[start] ?? Number.NaN)) / ((width - 1) * step));
  return { slopes, width, step };
}

function plateauAt(start: number, planarAverage: Float64Array, { slopes, width, step }: Windows): Plateau {
  return {
    value: meanOf(planarAverage, start, width),
    heightAngstrom: ((start + (width - 1) / 2) * step) % (step * planarAverage.length),
    slopePerAngstrom: slopes[start] ?? Number.NaN,
  };
}

/** Largest of sign × value in the periodic window from each plane on; every plane enters and leaves the queue once. */
function slidingMaximum(profile: Float64Array, width: number, sign: 1 | -1): Float64Array {
  const count = profile.length;
  const at = (index: number): number => sign * (profile[index % count] ?? Number.NaN);
  const result = new Float64Array(count);
  const queue: number[] = [];
  let first = 0;
  for (let index = 0; index < count + width - 1; index += 1) {
    while (queue.length > first && at(queue.at(-1) ?? 0) <= at(index)) queue.pop();
    queue.push(index);
    if ((queue[first] ?? 0) <= index - width) first += 1;
    if (index >= width - 1) result[index - width + 1] = at(queue[first] ?? 0);
  }
  return result;
}

function meanOf(profile: Float64Array, start: number, width: number): number {
  let sum = 0;
  for (let index = start; index < start + width; index += 1) sum += profile[index % profile.length] ?? Number.NaN;
  return sum / width;
}
