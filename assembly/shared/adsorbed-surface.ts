/**
 * A slab with adsorbates as a surface: its normal, its faces, and how far every atom is from its place in the clean slab.
 *
 * The mistakes avoided here: planes read from the relaxed slab, where an anion that the adsorbate pulled up makes a "top
 * layer" of its own and the adsorbate seems sunk: the planes are those of the clean slab. And one neighbour too few in a
 * small cell, where an atom and its images surround the adsorbate (SCIENCE §2.6, §4.1, §4.9).
 */
import { covalentRadiusAngstrom } from '../../model/elements.ts';
import {
  add,
  cross,
  dot,
  minimumImage,
  norm,
  reciprocal,
  reducedPair,
  scale,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
} from '../../model/lattice.ts';
import { position, type Structure } from '../../model/structure.ts';
import type { AdsorbedStructure } from './adsorbate.ts';
import { atomicLayersOf, planeVectors, unwrappedSlab } from './slab-geometry.ts';

/** Bond: d < 1.2(r_i + r_j) (§4.10). */
export const BOND_FACTOR = 1.2;
/** Beyond 1.5(r_i + r_j) nothing holds an adsorbate (§2.6). */
export const DESORBED_FACTOR = 1.5;
/** Of an element without a tabulated radius. */
const FALLBACK_RADIUS_ANGSTROM = 1.5;
/** Longer than any cell: across the slab there are no images. */
const NO_IMAGE_ANGSTROM = 1e6;

export interface SurfaceFace {
  /** Along the normal, Å. */
  readonly meanHeightAngstrom: number;
  /** Atoms of the outermost plane of the clean slab, numbered as in the adsorbed one. */
  readonly atoms: readonly number[];
}

export interface AdsorbedSurface {
  readonly structure: Structure;
  readonly adsorbateAtoms: readonly number[];
  readonly slabAtoms: readonly number[];
  /** Unit vector from the lower face to the upper one. */
  readonly normal: Vector3;
  /** Without a cut through the slab, in atom order, Å. */
  readonly places: readonly Vector3[];
  readonly heightsAngstrom: Float64Array;
  /** Atomic planes of the clean slab from below, numbered as in the adsorbed one. */
  readonly planes: readonly (readonly number[])[];
  readonly top: SurfaceFace;
  readonly bottom: SurfaceFace;
  /** Of the slab's atoms from their places in the clean slab, after the common shift; of others none. */
  readonly displacements: ReadonlyMap<number, Vector3>;
  /** Shortest image of a displacement along the face, Å. */
  readonly alongFace: (displacement: Vector3) => Vector3;
  /** Reduced vectors of the plane lattice, Å. */
  readonly plane: readonly [Vector3, Vector3];
}

/** `clean`: the slab that `match` was made with; `covering`: those of its atoms that are adsorbed on it themselves. */
export function adsorbedSurface(
  { structure, axis, match }: AdsorbedStructure,
  clean: Structure,
  covering: ReadonlySet<number> = new Set(),
): AdsorbedSurface {
  const [a, b] = planeVectors(structure.latticeAngstrom, axis);
  const across = cross(a, b);
  const normal = scale(across, Math.sign(dot(across, structure.latticeAngstrom[axis])) / norm(across));
  const { cartesianAngstrom: places, heightsAngstrom } = unwrappedSlab(structure, axis);
  const ofFaces = [...clean.species.keys()].filter((atom) => !covering.has(atom));
  const planes = atomicLayersOf(clean, axis, ofFaces).map((plane) => plane.map((atom) => match.partners[atom] ?? atom));
  const face = (atoms: readonly number[] = []): SurfaceFace => ({
    atoms,
    meanHeightAngstrom: atoms.reduce((sum, atom) => sum + (heightsAngstrom[atom] ?? 0), 0) / Math.max(1, atoms.length),
  });
  const image = minimumImage([a, b, scale(normal, NO_IMAGE_ANGSTROM)]);
  return {
    structure,
    adsorbateAtoms: match.unmatched,
    slabAtoms: [...match.partners].sort((left, right) => left - right),
    normal,
    places,
    heightsAngstrom,
    planes,
    top: face(planes.at(-1)),
    bottom: face(planes[0]),
    displacements: displacementsFrom(clean, structure, match),
    alongFace: (displacement) => image(subtract(displacement, scale(normal, dot(displacement, normal)))),
    plane: reducedPair(a, b),
  };
}

function displacementsFrom(
  clean: Structure,
  structure: Structure,
  { partners, shiftFractional }: AdsorbedStructure['match'],
): Map<number, Vector3> {
  const lattice = structure.latticeAngstrom;
  const inverse = reciprocal(clean.latticeAngstrom);
  const image = minimumImage(lattice);
  return new Map(
    partners.map((partner, atom) => {
      // Through fractional coordinates: the same cell can stand differently in space.
      const place = toCartesian(add(toFractional(position(clean, atom), inverse), shiftFractional), lattice);
      return [partner, image(subtract(position(structure, partner), place))];
    }),
  );
}

/** Below the nearer face, Å; negative outside of the slab. */
export function depthAngstrom(surface: AdsorbedSurface, atom: number): number {
  const height = surface.heightsAngstrom[atom] ?? 0;
  return Math.min(surface.top.meanHeightAngstrom - height, height - surface.bottom.meanHeightAngstrom);
}

export function faceOf({ top, bottom, heightsAngstrom }: AdsorbedSurface, atom: number): 'top' | 'bottom' {
  const height = heightsAngstrom[atom] ?? 0;
  return top.meanHeightAngstrom - height <= height - bottom.meanHeightAngstrom ? 'top' : 'bottom';
}

export interface Neighbour {
  readonly atom: number;
  readonly distanceAngstrom: number;
  /** Distance as a share of the sum of the covalent radii: 1.2 is the longest bond, 1.5 the farthest hold. */
  readonly reach: number;
  /** Along the face, from the atom to its neighbour, Å. */
  readonly aside: Vector3;
}

/**
 * Atoms of `among` and their images within `factor`(r_i + r_j) of an atom, nearest first. `places`: where they are, when
 * that is not where the structure has them.
 */
export function neighboursOf(
  surface: AdsorbedSurface,
  atom: number,
  among: readonly number[],
  { factor = BOND_FACTOR, places = surface.places }: { factor?: number; places?: readonly Vector3[] } = {},
): Neighbour[] {
  const own = surface.places[atom] ?? [0, 0, 0];
  const found: Neighbour[] = [];
  for (const other of among) {
    const radii = sumOfRadii(surface.structure, atom, other);
    const between = subtract(places[other] ?? [0, 0, 0], own);
    const rise = dot(between, surface.normal);
    if (Math.abs(rise) > factor * radii) continue;
    for (const aside of imagesWithin(surface, surface.alongFace(between), factor * radii)) {
      const distanceAngstrom = Math.hypot(rise, norm(aside));
      const reach = distanceAngstrom / radii;
      const isItself = other === atom && norm(aside) === 0;
      if (reach < factor && !isItself) found.push({ atom: other, distanceAngstrom, reach, aside });
    }
  }
  return found.sort((left, right) => left.distanceAngstrom - right.distanceAngstrom || left.atom - right.atom);
}

/** The atom of `among` that reaches farthest: nearest as a share of the radii, however far. */
export function nearestOf(surface: AdsorbedSurface, atom: number, among: readonly number[]): Neighbour | undefined {
  const own = surface.places[atom] ?? [0, 0, 0];
  let nearest: Neighbour | undefined;
  for (const other of among) {
    const between = subtract(surface.places[other] ?? [0, 0, 0], own);
    const aside = surface.alongFace(between);
    const distanceAngstrom = Math.hypot(dot(between, surface.normal), norm(aside));
    const reach = distanceAngstrom / sumOfRadii(surface.structure, atom, other);
    if (nearest === undefined || reach < nearest.reach) nearest = { atom: other, distanceAngstrom, reach, aside };
  }
  return nearest;
}

/** All images of a shortest displacement along the face that can be as short as `limit`, and some longer ones. */
function imagesWithin({ plane: [a, b] }: AdsorbedSurface, aside: Vector3, limit: number): Vector3[] {
  // The vectors are reduced: the lattice lines along the longer one lie closest. Two images as short as the limit are
  // at most twice the limit apart.
  const width = norm(cross(a, b)) / norm(b);
  const steps = Math.floor((2 * limit) / width);
  const images: Vector3[] = [];
  for (let i = -steps; i <= steps; i += 1) {
    for (let j = -steps; j <= steps; j += 1) images.push(add(aside, add(scale(a, i), scale(b, j))));
  }
  return images;
}

export function sumOfRadii({ species }: Structure, atom: number, other: number): number {
  return radius(species[atom] ?? '') + radius(species[other] ?? '');
}

function radius(element: string): number {
  return covalentRadiusAngstrom(element) ?? FALLBACK_RADIUS_ANGSTROM;
}
