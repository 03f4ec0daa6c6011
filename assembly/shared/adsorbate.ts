/**
 * Where the adsorbate of a slab is: above or below it, in it, or no longer at it.
 *
 * What counts is the slab without the adsorbate: its outermost atomic planes are the faces. An atom on an adsorbed atom
 * is adsorbed too, and only what hangs on nothing has desorbed (SCIENCE §2.6, §4.8, §4.9).
 */
import { covalentRadiusAngstrom } from '../../model/elements.ts';
import { type Issue, issue } from '../../model/issues.ts';
import { minimumImage, norm, subtract } from '../../model/lattice.ts';
import { atomCount, position, type Structure } from '../../model/structure.ts';
import type { AtomMatch } from './match-atoms.ts';
import { type Axis, atomicLayers, isFixed, layerGapAngstrom, unwrappedSlab } from './slab-geometry.ts';

const AMBIGUOUS_DISPLACEMENT_ANGSTROM = 1.5;
const DESORBED_FACTOR = 1.5;
/** Of an element without a tabulated radius. */
const FALLBACK_RADIUS_ANGSTROM = 1.5;

/** A slab with the atoms that its clean slab does not have. */
export interface AdsorbedStructure {
  readonly structure: Structure;
  /** Lattice vector across the vacuum. */
  readonly axis: Axis;
  readonly match: AtomMatch;
}

/** Matched with doubt, desorbed, sunk below the surface, on a fixed face: each with what shows it. */
export function adsorbateIssues(adsorbed: AdsorbedStructure): Issue[] {
  const { largestDisplacementAngstrom: displacementAngstrom, unmatched } = adsorbed.match;
  const issues: Issue[] = [];
  if (displacementAngstrom > AMBIGUOUS_DISPLACEMENT_ANGSTROM) {
    issues.push(issue('W_MATCH_AMBIGUOUS', { displacementAngstrom }));
  }
  const faces = facesOf(adsorbed);
  issues.push(...desorbedIssues(adsorbed));
  for (const atom of unmatched) {
    const depthAngstrom = depth(faces, atom);
    if (depthAngstrom > 0) issues.push(issue('E_ADS_SUBSURFACE', { depthAngstrom }));
  }
  return [...issues, ...fixedSideIssues(adsorbed, faces)];
}

/** Whether adsorbates sit on both faces: then half of them make the coverage. */
export function isDoubleSided(adsorbed: AdsorbedStructure): boolean {
  const faces = facesOf(adsorbed);
  const sides = new Set(adsorbed.match.unmatched.map((atom) => sideOf(faces, atom)));
  return sides.has('top') && sides.has('bottom');
}

/**
 * Whether atoms that the slab itself could hold too are an adsorbate: each stands clear of the face, and there are fewer
 * than would make another plane of a slab of this element alone. A filled vacancy or a thicker slab is none.
 */
export function isAdlayer(adsorbed: AdsorbedStructure, clean: Structure): boolean {
  const faces = facesOf(adsorbed);
  const clearance = layerGapAngstrom(clean.species);
  if (!adsorbed.match.unmatched.every((atom) => depth(faces, atom) < -clearance)) return false;
  if (new Set(clean.species).size > 1) return true;
  const count = (side: Side): number => adsorbed.match.unmatched.filter((atom) => sideOf(faces, atom) === side).length;
  return count('top') < faces.top.atoms.length && count('bottom') < faces.bottom.atoms.length;
}

type Side = 'top' | 'bottom';

interface Face {
  readonly meanHeightAngstrom: number;
  /** Of the outermost plane. */
  readonly atoms: readonly number[];
}

interface Faces {
  readonly top: Face;
  readonly bottom: Face;
  readonly heightsAngstrom: Float64Array;
}

function facesOf({ structure, axis, match }: AdsorbedStructure): Faces {
  const { heightsAngstrom } = unwrappedSlab(structure, axis);
  const slab = slabAtoms(structure, match);
  const layers = atomicLayers(structure, heightsAngstrom, slab);
  const face = (atoms: readonly number[] = []): Face => ({
    atoms,
    meanHeightAngstrom: atoms.reduce((sum, atom) => sum + (heightsAngstrom[atom] ?? 0), 0) / Math.max(1, atoms.length),
  });
  return { top: face(layers.at(-1)), bottom: face(layers[0]), heightsAngstrom };
}

function slabAtoms(structure: Structure, match: AtomMatch): number[] {
  const adsorbate = new Set(match.unmatched);
  return structure.species.flatMap((_, atom) => (adsorbate.has(atom) ? [] : [atom]));
}

/** Below the nearer face, Å; negative outside of the slab. */
function depth({ top, bottom, heightsAngstrom }: Faces, atom: number): number {
  const height = heightsAngstrom[atom] ?? 0;
  return Math.min(top.meanHeightAngstrom - height, height - bottom.meanHeightAngstrom);
}

function sideOf({ top, bottom, heightsAngstrom }: Faces, atom: number): Side {
  const height = heightsAngstrom[atom] ?? 0;
  return top.meanHeightAngstrom - height <= height - bottom.meanHeightAngstrom ? 'top' : 'bottom';
}

/** Bound to the slab, or to an adsorbed atom that is. */
function desorbedIssues({ structure, match }: AdsorbedStructure): Issue[] {
  const image = minimumImage(structure.latticeAngstrom);
  const reach = (atom: number, other: number) => {
    const distanceAngstrom = norm(image(subtract(position(structure, other), position(structure, atom))));
    const limitAngstrom = DESORBED_FACTOR * (radius(structure, atom) + radius(structure, other));
    return { distanceAngstrom, limitAngstrom, isBound: distanceAngstrom <= limitAngstrom };
  };
  const attached = slabAtoms(structure, match);
  let loose = [...match.unmatched];
  for (let found = true; found; ) {
    const bound = loose.filter((atom) => attached.some((other) => reach(atom, other).isBound));
    attached.push(...bound);
    loose = loose.filter((atom) => !bound.includes(atom));
    found = bound.length > 0 && loose.length > 0;
  }
  return loose.map((atom) => {
    // The neighbour that is nearest relative to its own limit shows how far the atom is off.
    const nearest = attached
      .map((other) => reach(atom, other))
      .reduce((best, next) =>
        next.distanceAngstrom - next.limitAngstrom < best.distanceAngstrom - best.limitAngstrom ? next : best,
      );
    const { distanceAngstrom, limitAngstrom } = nearest;
    return issue('E_ADS_DESORBED', { distanceAngstrom, limitAngstrom });
  });
}

/** A face that is held in the bulk geometry is no surface; a slab held as a whole is another matter. */
function fixedSideIssues({ structure, match }: AdsorbedStructure, faces: Faces): Issue[] {
  const flags = structure.selectiveDynamics;
  if (flags === undefined || slabAtoms(structure, match).every((atom) => isFixed(flags, atom))) return [];
  const sides = new Set(match.unmatched.map((atom) => sideOf(faces, atom)));
  return [...sides]
    .filter((side) => faces[side].atoms.every((atom) => isFixed(flags, atom)))
    .map((side) => issue('E_ADS_ON_FIXED_SIDE', { side }));
}

function radius(structure: Structure, atom: number): number {
  return covalentRadiusAngstrom(structure.species[atom] ?? '') ?? FALLBACK_RADIUS_ANGSTROM;
}

/** Whether the structure has atoms at all beside those of `element`, and all of `element` lie outside of them. */
export function liesOutside(structure: Structure, axis: Axis, element: string): boolean {
  const { heightsAngstrom } = unwrappedSlab(structure, axis);
  const isOf = (atom: number): boolean => structure.species[atom] === element;
  const all = Array.from({ length: atomCount(structure) }, (_, atom) => atom);
  const others = all.filter((atom) => !isOf(atom)).map((atom) => heightsAngstrom[atom] ?? 0);
  const own = all.filter(isOf).map((atom) => heightsAngstrom[atom] ?? 0);
  if (others.length === 0 || own.length === 0) return false;
  const [lowest, highest] = [Math.min(...others), Math.max(...others)];
  return own.every((height) => height > highest || height < lowest);
}
