/** Paths and their curves for the tests of the interpolations. */
import { interpolatePath, type PiecewiseCubic } from '../../../descriptors/shared/path-interpolation/index.ts';
import type { InterpolationName, PathImage } from '../../../model/path.ts';

export function path(
  distances: readonly number[],
  energies: readonly number[],
  forces?: readonly number[],
): PathImage[] {
  return distances.map((distanceAngstrom, index) => ({
    index,
    distanceAngstrom,
    energyEv: energies[index]!,
    ...(forces === undefined ? {} : { tangentForceEvPerAngstrom: forces[index]! }),
    climbing: false,
  }));
}

export function curve(images: readonly PathImage[], name: InterpolationName): PiecewiseCubic {
  const found = interpolatePath(images).curves[name];
  if (found === undefined) throw new Error(`no ${name} curve`);
  return found;
}

// SCIENCE §3.6.
export const EXAMPLE = path([0, 0.8, 1.6, 2.4, 3.2], [0, 0.1, 0.24, 0.15, 0.03], [0, -0.24, -0.05, 0.21, 0]);
