/**
 * Hermite interpolation: energies and tangential forces of the images (SCIENCE §3.6, VTST `nebspline.pl`).
 *
 * The mistakes avoided here: the sign (the slope is dE/ds = −F), and a column of zeros in neb.dat read as "every image
 * is a stationary point" where it means that no forces were collected.
 */
import type { PathImage } from '../../../model/path.ts';

export interface HermiteSlopes {
  readonly slopesEvPerAngstrom: readonly number[];
  /** Positions of the endpoints whose slope was set to 0 because no force is known there. */
  readonly assumedEnds: readonly number[];
}

/** dE/ds at every image; undefined when the force of an image between the endpoints is not known. */
export function hermiteSlopes(images: readonly PathImage[]): HermiteSlopes | undefined {
  if (forcesArePlaceholders(images)) return undefined;
  const last = images.length - 1;
  const slopesEvPerAngstrom: number[] = [];
  const assumedEnds: number[] = [];
  for (const [position, image] of images.entries()) {
    const force = image.tangentForceEvPerAngstrom;
    if (force !== undefined) slopesEvPerAngstrom.push(force === 0 ? 0 : -force);
    else if (position === 0 || position === last) {
      slopesEvPerAngstrom.push(0);
      assumedEnds.push(position);
    } else return undefined;
  }
  return { slopesEvPerAngstrom, assumedEnds };
}

/**
 * Exact zeros on all images between the endpoints. A single image can truly sit on the saddle; it is believed when its
 * NEB force is known too, because then it was read from the run and not from a table.
 */
function forcesArePlaceholders(images: readonly PathImage[]): boolean {
  const between = images.slice(1, -1);
  if (between.some((image) => image.tangentForceEvPerAngstrom !== 0)) return false;
  return between.length !== 1 || between[0]?.residualForceEvPerAngstrom === undefined;
}
