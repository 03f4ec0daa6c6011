/**
 * Tangential force and NEB residual of every image of a band.
 *
 * VTST prints both (`projections on to tangent`, `FORCES: max atom`); stock VASP prints neither in this sense, so
 * TOTAL-FORCE is projected on the improved tangent. What is not known stays absent: a missing force is not zero.
 */
import type { Calculation } from '../../model/calculation.ts';
import { isSameList, type Structure } from '../../model/structure.ts';
import { freeComponents } from './free-components.ts';
import {
  type Displace,
  improvedTangent,
  largestAtomNorm,
  largestDisplacement,
  perpendicular,
  projection,
  unit,
} from './path-geometry.ts';

/** Beyond this an atom of the relaxation is another one than that of the image: half the shortest metallic bond. */
const SAME_ATOM_ANGSTROM = 1;

/** An image with its place in the band. */
export interface MovingImage {
  readonly index: number;
  readonly folder: string;
  readonly structure?: Structure;
  readonly calculation?: Calculation;
  readonly energies?: { readonly energySigma0Ev: number; readonly freeEnergyEv: number };
}

export interface ImageForces {
  readonly tangentForceEvPerAngstrom?: number;
  readonly residualForceEvPerAngstrom?: number;
}

/** In the order of the images; `climbing` is the place of the climbing image, whose whole force must vanish. */
export function imageForces(
  images: readonly MovingImage[],
  climbing: number | undefined,
  displace: Displace,
): ImageForces[] {
  return images.map((image, at) => {
    if (at === 0 || at === images.length - 1) return endpointForce(images, at, displace);
    const printed = image.calculation?.final?.neb;
    const projected = projectedForces(images, at, { climbing, displace });
    const tangent = printed?.tangentForceEvPerAngstrom ?? projected.tangentForceEvPerAngstrom;
    const residual = printed?.residualForceEvPerAngstrom ?? projected.residualForceEvPerAngstrom;
    return {
      ...(tangent !== undefined && { tangentForceEvPerAngstrom: tangent }),
      ...(residual !== undefined && { residualForceEvPerAngstrom: residual }),
    };
  });
}

/**
 * The relaxation's DFT force on the end segment; nothing when the energy comes without forces, or when the relaxation
 * counts its atoms in another order than the band.
 */
function endpointForce(images: readonly MovingImage[], at: number, displace: Displace): ImageForces {
  const first = at === 0;
  const own = images[at];
  const neighbour = images[first ? 1 : at - 1];
  const force = own !== undefined && isAtomByAtom(own) ? forcesOf(own) : undefined;
  if (force === undefined || own?.structure === undefined || neighbour?.structure === undefined) return {};
  const [from, to] = first ? [own.structure, neighbour.structure] : [neighbour.structure, own.structure];
  const tangent = unit(displace(from, to));
  return tangent === undefined ? {} : { tangentForceEvPerAngstrom: projection(force, tangent) };
}

function projectedForces(
  images: readonly MovingImage[],
  at: number,
  { climbing, displace }: { readonly climbing: number | undefined; readonly displace: Displace },
): ImageForces {
  const [previous, own, next] = [images[at - 1], images[at], images[at + 1]];
  const force = forcesOf(own);
  const energies = [previous, own, next].map((image) => image?.energies?.freeEnergyEv);
  const [before, middle, behind] = energies;
  if (force === undefined || before === undefined || middle === undefined || behind === undefined) return {};
  if (own?.structure === undefined || previous?.structure === undefined || next?.structure === undefined) return {};
  const tangent = improvedTangent(
    displace(previous.structure, own.structure),
    displace(own.structure, next.structure),
    [before, middle, behind],
  );
  if (tangent === undefined) return {};
  const { selectiveDynamics, latticeAngstrom } = own.structure;
  const left = at === climbing ? force : perpendicular(force, tangent);
  return {
    tangentForceEvPerAngstrom: projection(force, tangent),
    residualForceEvPerAngstrom: largestAtomNorm(freeComponents(left, selectiveDynamics, latticeAngstrom)),
  };
}

function isAtomByAtom({ structure, calculation }: MovingImage): boolean {
  const relaxed = calculation?.structure;
  if (structure === undefined || relaxed === undefined) return true;
  if (!isSameList(relaxed.species, structure.species)) return false;
  return largestDisplacement(structure, relaxed) <= SAME_ATOM_ANGSTROM;
}

/** TOTAL-FORCE, when it has a row for every atom of the image. */
function forcesOf(image: MovingImage | undefined): Float64Array | undefined {
  const forces = image?.calculation?.final?.forcesEvPerAngstrom;
  return forces?.length === image?.structure?.cartesianAngstrom.length ? forces : undefined;
}
