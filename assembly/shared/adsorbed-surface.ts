/**
 * A slab with adsorbates as a surface: its faces, and what lies around an atom at one of them.
 *
 * The mistakes avoided here: planes read from the relaxed slab, where an anion that the adsorbate pulled up makes a "top
 * layer" of its own and the adsorbate seems sunk: the planes are those of the clean slab. And one neighbour too few in a
 * small cell, where an atom and its images surround the adsorbate (SCIENCE §2.6, §4.1, §4.9).
 */
import { covalentRadiusAngstrom } from '../../model/elements.ts';
import { add, norm, scale, type Vector3 } from '../../model/lattice.ts';
import { type Structure, vectorAt } from '../../model/structure.ts';
import type { CleanSurface, FaceFrame } from './clean-surface.ts';
import type { AtomMatch } from './match-atoms.ts';
import { unwrappedPlaces } from './slab-geometry.ts';

/** Bond: d < 1.2(r_i + r_j) (§4.10). */
export const BOND_FACTOR = 1.2;
/** Beyond 1.5(r_i + r_j) nothing holds an adsorbate (§2.6). */
export const DESORBED_FACTOR = 1.5;
/** Of an element without a tabulated radius. */
const FALLBACK_RADIUS_ANGSTROM = 1.5;
/** Relative; what a comparison of lengths may be off by before an atom is left out unmeasured. */
const ROUNDING = 1e-9;

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
  /** Plane and normal of the faces. */
  readonly frame: FaceFrame;
  /** Without a cut through the slab, length 3N, Å. */
  readonly placesAngstrom: Float64Array;
  readonly heightsAngstrom: Float64Array;
  /** Covalent radii, in atom order. */
  readonly radiiAngstrom: Float64Array;
  /** Atomic planes of the clean slab from below, numbered as in the adsorbed one. */
  readonly planes: readonly (readonly number[])[];
  readonly top: SurfaceFace;
  readonly bottom: SurfaceFace;
}

/** `clean`: the slab that `match` was made with. */
export function adsorbedSurface(structure: Structure, match: AtomMatch, clean: CleanSurface): AdsorbedSurface {
  const { placesAngstrom, heightsAngstrom } = unwrappedPlaces(structure, clean.axis);
  const planes = clean.planes.map((plane) => plane.map((atom) => match.partners[atom] ?? atom));
  const face = (atoms: readonly number[] = []): SurfaceFace => ({
    atoms,
    meanHeightAngstrom: atoms.reduce((sum, atom) => sum + (heightsAngstrom[atom] ?? 0), 0) / Math.max(1, atoms.length),
  });
  return {
    structure,
    adsorbateAtoms: match.unmatched,
    slabAtoms: slabAtomsOf(structure, match),
    frame: clean.frameOf(structure.latticeAngstrom),
    placesAngstrom,
    heightsAngstrom,
    radiiAngstrom: radiiOf(structure),
    planes,
    top: face(planes.at(-1)),
    bottom: face(planes[0]),
  };
}

/** The partners, ascending: all that are no adsorbate's. */
function slabAtomsOf({ species }: Structure, { unmatched }: AtomMatch): number[] {
  const atoms: number[] = [];
  let next = 0;
  for (let atom = 0; atom < species.length; atom += 1) {
    if (unmatched[next] === atom) next += 1;
    else atoms.push(atom);
  }
  return atoms;
}

function radiiOf({ species }: Structure): Float64Array {
  const radii = new Float64Array(species.length);
  // Atoms of one element mostly stand together.
  let [last, lastRadius] = ['', FALLBACK_RADIUS_ANGSTROM];
  for (let atom = 0; atom < radii.length; atom += 1) {
    const element = species[atom] ?? '';
    if (element !== last) [last, lastRadius] = [element, radius(element)];
    radii[atom] = lastRadius;
  }
  return radii;
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
 * Atoms of `among` and their images within `factor`(r_i + r_j) of an atom, nearest first. Asked for every adsorbate of a
 * tree, over atoms most of which are too far below: what a height alone rules out costs a few products.
 */
export function neighboursOf(
  surface: AdsorbedSurface,
  atom: number,
  among: readonly number[],
  factor = BOND_FACTOR,
): Neighbour[] {
  const { placesAngstrom: places, radiiAngstrom, frame } = surface;
  const [nx, ny, nz] = frame.normal;
  const [x, y, z] = vectorAt(places, atom);
  const ownRadius = radiiAngstrom[atom] ?? 0;
  const found: Neighbour[] = [];
  for (const other of among) {
    const radii = ownRadius + (radiiAngstrom[other] ?? 0);
    const limit = factor * radii;
    const u = (places[3 * other] ?? 0) - x;
    const v = (places[3 * other + 1] ?? 0) - y;
    const w = (places[3 * other + 2] ?? 0) - z;
    const rise = u * nx + v * ny + w * nz;
    if (Math.abs(rise) > limit) continue;
    const shortest = frame.alongFace([u, v, w]);
    if (isLonger(shortest, limit)) continue;
    // Two images as short as the limit are at most twice the limit apart: in most cells there is one.
    const steps = Math.floor((2 * limit) / frame.lineSpacingAngstrom);
    for (const aside of steps === 0 ? [shortest] : imagesWithin(frame, shortest, steps)) {
      const offset = norm(aside);
      const distanceAngstrom = Math.hypot(rise, offset);
      const reach = distanceAngstrom / radii;
      const isItself = other === atom && offset === 0;
      if (reach < factor && !isItself) found.push({ atom: other, distanceAngstrom, reach, aside });
    }
  }
  return found.sort((left, right) => left.distanceAngstrom - right.distanceAngstrom || left.atom - right.atom);
}

/** The atom of `among` that reaches farthest: nearest as a share of the radii, however far. */
export function nearestOf(surface: AdsorbedSurface, atom: number, among: readonly number[]): Neighbour | undefined {
  const { placesAngstrom: places, radiiAngstrom, frame } = surface;
  const [nx, ny, nz] = frame.normal;
  const [x, y, z] = vectorAt(places, atom);
  const ownRadius = radiiAngstrom[atom] ?? 0;
  let nearest: Neighbour | undefined;
  for (const other of among) {
    const radii = ownRadius + (radiiAngstrom[other] ?? 0);
    const u = (places[3 * other] ?? 0) - x;
    const v = (places[3 * other + 1] ?? 0) - y;
    const w = (places[3 * other + 2] ?? 0) - z;
    const rise = u * nx + v * ny + w * nz;
    const limit = (nearest?.reach ?? Number.POSITIVE_INFINITY) * radii;
    if (Math.abs(rise) > limit * (1 + ROUNDING)) continue;
    const aside = frame.alongFace([u, v, w]);
    if (isLonger(aside, limit)) continue;
    const distanceAngstrom = Math.hypot(rise, norm(aside));
    const reach = distanceAngstrom / radii;
    if (nearest === undefined || reach < nearest.reach) nearest = { atom: other, distanceAngstrom, reach, aside };
  }
  return nearest;
}

function isLonger([x, y, z]: Vector3, limit: number): boolean {
  return x * x + y * y + z * z > limit * limit * (1 + ROUNDING);
}

/** The images of a shortest displacement along the face that are as many vectors of the plane away. */
function imagesWithin({ plane: [a, b] }: FaceFrame, aside: Vector3, steps: number): Vector3[] {
  const images: Vector3[] = [];
  for (let i = -steps; i <= steps; i += 1) {
    for (let j = -steps; j <= steps; j += 1) images.push(add(aside, add(scale(a, i), scale(b, j))));
  }
  return images;
}

/** Of an atom, without a cut through the slab, Å. */
export function placeOf({ placesAngstrom }: AdsorbedSurface, atom: number): Vector3 {
  return vectorAt(placesAngstrom, atom);
}

export function sumOfRadii({ species }: Structure, atom: number, other: number): number {
  return radius(species[atom] ?? '') + radius(species[other] ?? '');
}

function radius(element: string): number {
  return covalentRadiusAngstrom(element) ?? FALLBACK_RADIUS_ANGSTROM;
}
