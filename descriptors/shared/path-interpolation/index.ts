/**
 * The four interpolations of a migration path (SCIENCE §3.6). `hermite` uses energies and forces and is the one a
 * barrier is read from; natural, clamped and pchip use energies only and are there to compare.
 */
import type { Interpolation, InterpolationName, PathImage } from '../../../model/path.ts';
import { clampedSlopes } from './clamped.ts';
import { hermiteSlopes } from './hermite.ts';
import { naturalSlopes } from './natural.ts';
import { pchipSlopes } from './pchip.ts';
import type { PathNodes, PiecewiseCubic } from './piecewise-cubic.ts';
import { extrema } from './turning-points.ts';

export { type PiecewiseCubic, sampleCurve } from './piecewise-cubic.ts';
export { extrema, turningPoints } from './turning-points.ts';

/** Images closer than this are copies of each other; every interpolation divides by the distance (§3.2). */
export const SHORTEST_SEGMENT_ANGSTROM = 1e-3;

export interface InterpolatedPath {
  /** Energies relative to the first image. Empty when two images coincide; without `hermite` when forces are missing. */
  readonly curves: Readonly<Partial<Record<InterpolationName, PiecewiseCubic>>>;
  /** Positions of the endpoints whose hermite slope is assumed to be 0. */
  readonly assumedEnds: readonly number[];
}

export function interpolatePath(images: readonly PathImage[]): InterpolatedPath {
  const nodes = pathNodes(images);
  if (images.length < 2 || hasCoincidentImages(nodes)) return { curves: {}, assumedEnds: [] };
  const hermite = hermiteSlopes(images);
  const curves = {
    ...(hermite === undefined ? {} : { hermite: { ...nodes, slopesEvPerAngstrom: hermite.slopesEvPerAngstrom } }),
    natural: { ...nodes, slopesEvPerAngstrom: naturalSlopes(nodes) },
    clamped: { ...nodes, slopesEvPerAngstrom: clampedSlopes(nodes) },
    pchip: { ...nodes, slopesEvPerAngstrom: pchipSlopes(nodes) },
  };
  return { curves, assumedEnds: hermite?.assumedEnds ?? [] };
}

/** The one that a barrier is read from, else that without overshoot; undefined when two images coincide. */
export function drawnCurve(images: readonly PathImage[]): PiecewiseCubic | undefined {
  const nodes = pathNodes(images);
  if (images.length < 2 || hasCoincidentImages(nodes)) return undefined;
  return { ...nodes, slopesEvPerAngstrom: hermiteSlopes(images)?.slopesEvPerAngstrom ?? pchipSlopes(nodes) };
}

/** Maxima and minima of every curve there is. */
export function interpolationExtrema(
  path: InterpolatedPath,
): Readonly<Partial<Record<InterpolationName, Interpolation>>> {
  const found: Partial<Record<InterpolationName, Interpolation>> = {};
  for (const name of ['hermite', 'natural', 'clamped', 'pchip'] as const) {
    const curve = path.curves[name];
    if (curve !== undefined) found[name] = extrema(curve);
  }
  return found;
}

function pathNodes(images: readonly PathImage[]): PathNodes {
  const zeroEv = images[0]?.energyEv ?? 0;
  return {
    distancesAngstrom: images.map((image) => image.distanceAngstrom),
    energiesEv: images.map((image) => image.energyEv - zeroEv),
  };
}

function hasCoincidentImages({ distancesAngstrom }: PathNodes): boolean {
  return distancesAngstrom.some(
    (distance, index) => index > 0 && distance - (distancesAngstrom[index - 1] ?? 0) < SHORTEST_SEGMENT_ANGSTROM,
  );
}
