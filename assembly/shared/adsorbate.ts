/**
 * Whether atoms that a slab has more than another are adsorbed on it, or a part of it.
 *
 * What counts is the slab without these atoms: its outermost atomic planes are the faces. The mistakes avoided here: a
 * filled vacancy, or a slab with one plane more, taken for a slab with an adsorbate (SCIENCE §4.9).
 */
import { atomCount, type Structure } from '../../model/structure.ts';
import type { AtomMatch } from './match-atoms.ts';
import { type Axis, atomicLayersOf, heights, layerGapAngstrom } from './slab-geometry.ts';

/** A slab with the atoms that its clean slab does not have. */
export interface AdsorbedStructure {
  readonly structure: Structure;
  /** Lattice vector across the vacuum. */
  readonly axis: Axis;
  readonly match: AtomMatch;
}

/**
 * Whether atoms that the slab itself could hold too are an adsorbate: each stands clear of the face, and there are fewer
 * than would make another plane. A filled vacancy, a thicker slab, or the other end of a polar crystal is none: a whole
 * plane of Zn on the O face of ZnO is the Zn face.
 */
export function isAdlayer(adsorbed: AdsorbedStructure, clean: Structure): boolean {
  const faces = facesOf(adsorbed);
  const clearance = layerGapAngstrom(clean.species);
  if (!adsorbed.match.unmatched.every((atom) => depth(faces, atom) < -clearance)) return false;
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
  const heightsAngstrom = heights(structure, axis);
  const layers = atomicLayersOf(structure, axis, slabAtoms(structure, match));
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

/** Whether the structure has atoms at all beside those of `element`, and all of `element` lie outside of them. */
export function liesOutside(structure: Structure, axis: Axis, element: string): boolean {
  const heightsAngstrom = heights(structure, axis);
  const isOf = (atom: number): boolean => structure.species[atom] === element;
  const all = Array.from({ length: atomCount(structure) }, (_, atom) => atom);
  const others = all.filter((atom) => !isOf(atom)).map((atom) => heightsAngstrom[atom] ?? 0);
  const own = all.filter(isOf).map((atom) => heightsAngstrom[atom] ?? 0);
  if (others.length === 0 || own.length === 0) return false;
  const [lowest, highest] = [Math.min(...others), Math.max(...others)];
  return own.every((height) => height > highest || height < lowest);
}
