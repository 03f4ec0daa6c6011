/**
 * Reading a barrier from a path (SCIENCE §3.3, §3.7): from the converged climbing image, else from the hermite maximum,
 * else from the highest image.
 *
 * The mistakes avoided here: max − min of the curve as "the barrier" (it is the highest point above the *first* image),
 * and trusting a climbing image whose forces are not known to have vanished.
 */
import type { Extremum, PathImage } from '../../model/path.ts';
import { extrema, type PiecewiseCubic } from './path-interpolation/index.ts';

type BarrierMethod = 'climbing' | 'interpolated' | 'max-image';

export interface BarrierReading {
  readonly method: BarrierMethod;
  /** E_max − E_0, eV, ≥ 0. */
  readonly forwardBarrierEv: number;
  /** E_max − E_N, eV, ≥ 0. */
  readonly reverseBarrierEv: number;
  /** Where the highest point lies; absent when it is an endpoint. */
  readonly saddle?: Extremum;
}

/** Energies of the images and what they show without any interpolation, eV. */
export interface ImageEnergies {
  /** E_N − E_0. */
  readonly reactionEnergyEv: number;
  /** Largest rise from an image to a later one. */
  readonly spanEv: number;
  /** Highest image above the first and above the last one. */
  readonly forwardBarrierEv: number;
  readonly reverseBarrierEv: number;
  /** Position of the highest image, the first of equals. */
  readonly highest: number;
  readonly highestIsEndpoint: boolean;
}

export function imageEnergies(energiesEv: readonly number[]): ImageEnergies {
  const first = energiesEv[0] ?? 0;
  const last = energiesEv.at(-1) ?? 0;
  const maximum = Math.max(...energiesEv);
  const highest = energiesEv.indexOf(maximum);
  return {
    reactionEnergyEv: last - first,
    spanEv: largestRise(energiesEv),
    forwardBarrierEv: maximum - first,
    reverseBarrierEv: maximum - last,
    highest,
    // An image that only equals an endpoint is no barrier.
    highestIsEndpoint: maximum === first || maximum === last,
  };
}

/** `hermite` is absent when the forces along the path are not known. */
export function readBarrier(
  images: readonly PathImage[],
  climbingConverged: boolean,
  hermite: PiecewiseCubic | undefined,
): BarrierReading {
  const discrete = imageEnergies(images.map((image) => image.energyEv));
  // VASP chooses the climbing image by TOTEN; by energy(sigma->0) another one can be the highest, and that one did not climb.
  const highestClimbed = images[discrete.highest]?.climbing === true && !discrete.highestIsEndpoint;
  if (climbingConverged && highestClimbed) return fromImages('climbing', images, discrete);
  if (hermite === undefined) return fromImages('max-image', images, discrete);
  const reactionEv = discrete.reactionEnergyEv;
  const highest = highestPoint(extrema(hermite).maxima);
  const isBarrier = highest !== undefined && highest.energyEv > Math.max(0, reactionEv);
  const topEv = isBarrier ? highest.energyEv : Math.max(0, reactionEv);
  return {
    method: 'interpolated',
    forwardBarrierEv: topEv,
    reverseBarrierEv: topEv - reactionEv,
    ...(isBarrier ? { saddle: highest } : {}),
  };
}

function fromImages(method: BarrierMethod, images: readonly PathImage[], discrete: ImageEnergies): BarrierReading {
  const { forwardBarrierEv, reverseBarrierEv, highest, highestIsEndpoint } = discrete;
  const image = images[highest];
  if (highestIsEndpoint || image === undefined) return { method, forwardBarrierEv, reverseBarrierEv };
  const saddle = { distanceAngstrom: image.distanceAngstrom, energyEv: forwardBarrierEv, imageCoordinate: highest };
  return { method, forwardBarrierEv, reverseBarrierEv, saddle };
}

function highestPoint(points: readonly Extremum[]): Extremum | undefined {
  let highest: Extremum | undefined;
  for (const point of points) if (highest === undefined || point.energyEv > highest.energyEv) highest = point;
  return highest;
}

function largestRise(energiesEv: readonly number[]): number {
  let lowest = Number.POSITIVE_INFINITY;
  let rise = 0;
  for (const energyEv of energiesEv) {
    lowest = Math.min(lowest, energyEv);
    rise = Math.max(rise, energyEv - lowest);
  }
  return rise;
}
