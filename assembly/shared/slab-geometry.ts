/**
 * Vacuum, area and atomic planes of a cell, from its coordinates.
 *
 * The mistakes avoided here: measuring vacuum along the lattice vector instead of the perpendicular height, which
 * overstates it in skewed cells, and analysing a slab that is cut by the cell boundary before unwrapping it
 * (SCIENCE §4.1).
 */

import { cross, type Matrix3, norm, reciprocal, type Vector3, volume } from '../../model/lattice.ts';
import { rows, type Structure } from '../../model/structure.ts';
import { rememberedAlong } from './remembered.ts';
import { byHeight, widestGap } from './sorted-places.ts';

export type Axis = 0 | 1 | 2;

/** A gap along an axis counts as vacuum from here on, Å. */
export const MINIMUM_VACUUM_ANGSTROM = 8;

const LAYER_GAP_ELEMENT_ANGSTROM = 0.5;
const LAYER_GAP_COMPOUND_ANGSTROM = 0.3;

export interface Gap {
  readonly axis: Axis;
  /** Along the normal of the two other vectors, Å. */
  readonly gapAngstrom: number;
  /** Fractional coordinate of the atom directly above the gap: the bottom of the slab. */
  readonly bottomFraction: number;
  /** Perpendicular height of the cell along this axis, Å. */
  readonly heightAngstrom: number;
}

/** The largest gap between atoms along each axis. */
export function largestGaps(structure: Structure): readonly [Gap, Gap, Gap] {
  return [largestGap(structure, 0), largestGap(structure, 1), largestGap(structure, 2)];
}

/** The largest gap between atoms along one axis. */
export const largestGap = rememberedAlong((structure, axis): Gap => {
  // Asked for every structure of a tree: numbers only.
  const wrapped = fractionsAlong(structure, axis);
  for (let atom = 0; atom < wrapped.length; atom += 1) wrapped[atom] = wrap(wrapped[atom] ?? 0);
  const { width, end } = widestGap(wrapped);
  const heightAngstrom = perpendicularHeight(structure.latticeAngstrom, axis);
  return { axis, gapAngstrom: width * heightAngstrom, bottomFraction: wrap(end), heightAngstrom };
});

/** Fractional coordinates along one lattice vector, in atom order. */
function fractionsAlong({ cartesianAngstrom, latticeAngstrom }: Structure, axis: Axis): Float64Array {
  const [x, y, z] = reciprocal(latticeAngstrom)[axis];
  const fractions = new Float64Array(cartesianAngstrom.length / 3);
  for (let atom = 0, at = 0; atom < fractions.length; atom += 1, at += 3) {
    fractions[atom] =
      (cartesianAngstrom[at] ?? 0) * x + (cartesianAngstrom[at + 1] ?? 0) * y + (cartesianAngstrom[at + 2] ?? 0) * z;
  }
  return fractions;
}

/** The axis with the largest gap: across the vacuum, when there is one. */
export function widestAxis(structure: Structure): Axis {
  return largestGaps(structure).reduce((widest, gap) => (gap.gapAngstrom > widest.gapAngstrom ? gap : widest)).axis;
}

/**
 * Heights along the surface normal above the lowest atom, Å, in atom order; the slab is unwrapped across its largest gap.
 * Shared by all who ask: to be read only.
 */
export const heights = rememberedAlong((structure, axis): Float64Array => {
  const { bottomFraction, heightAngstrom } = largestGap(structure, axis);
  const values = fractionsAlong(structure, axis);
  for (let atom = 0; atom < values.length; atom += 1) {
    // An atom a rounding error below the bottom must not wrap to the top.
    const above = wrap((values[atom] ?? 0) - bottomFraction);
    values[atom] = (above > 1 - 1e-9 ? 0 : above) * heightAngstrom;
  }
  return values;
});

export interface UnwrappedSlab {
  /** Positions without a cut through the slab, in atom order. */
  readonly cartesianAngstrom: readonly Vector3[];
  readonly heightsAngstrom: Float64Array;
}

export function unwrappedSlab(structure: Structure, axis: Axis): UnwrappedSlab {
  const { placesAngstrom, heightsAngstrom } = unwrappedPlaces(structure, axis);
  return { cartesianAngstrom: rows(placesAngstrom), heightsAngstrom };
}

/** The slab in one piece, length 3N. In a skewed cell an atom that crosses the cell boundary moves sideways too. */
export function unwrappedPlaces(
  structure: Structure,
  axis: Axis,
): { readonly placesAngstrom: Float64Array; readonly heightsAngstrom: Float64Array } {
  const gap = largestGap(structure, axis);
  const heightsAngstrom = heights(structure, axis);
  const fractions = fractionsAlong(structure, axis);
  const [x, y, z] = structure.latticeAngstrom[axis];
  const placesAngstrom = structure.cartesianAngstrom.slice();
  for (let atom = 0; atom < fractions.length; atom += 1) {
    const above = gap.bottomFraction + (heightsAngstrom[atom] ?? 0) / gap.heightAngstrom;
    const cells = Math.round(above - (fractions[atom] ?? 0));
    if (cells === 0) continue;
    placesAngstrom[3 * atom] = (placesAngstrom[3 * atom] ?? 0) + cells * x;
    placesAngstrom[3 * atom + 1] = (placesAngstrom[3 * atom + 1] ?? 0) + cells * y;
    placesAngstrom[3 * atom + 2] = (placesAngstrom[3 * atom + 2] ?? 0) + cells * z;
  }
  return { placesAngstrom, heightsAngstrom };
}

/** Heights of neighbouring planes differ by more than this, Å. */
export function layerGapAngstrom(species: readonly string[]): number {
  const [first] = species;
  return species.some((element) => element !== first) ? LAYER_GAP_COMPOUND_ANGSTROM : LAYER_GAP_ELEMENT_ANGSTROM;
}

/** Atoms of each atomic plane, from the bottom up. */
export const atomicLayers = rememberedAlong((structure, axis): readonly (readonly number[])[] => {
  const atoms: number[] = [];
  for (let atom = 0; atom < structure.species.length; atom += 1) atoms.push(atom);
  return layersAmong(atoms, heights(structure, axis), layerGapAngstrom(structure.species));
});

/** The same of some of the atoms, which are given in ascending order. */
export function atomicLayersOf(structure: Structure, axis: Axis, atoms: readonly number[]): number[][] {
  const cut = layerGapAngstrom(atoms.map((atom) => structure.species[atom] ?? ''));
  return layersAmong(atoms, heights(structure, axis), cut);
}

function layersAmong(atoms: readonly number[], heightsAngstrom: Float64Array, cutAngstrom: number): number[][] {
  const layers: number[][] = [];
  let layer: number[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  for (const atom of byHeight(atoms, heightsAngstrom)) {
    const height = heightsAngstrom[atom] ?? 0;
    if (height - previous > cutAngstrom) {
      layer = [];
      layers.push(layer);
    }
    layer.push(atom);
    previous = height;
  }
  return layers;
}

/** Area of the face spanned by the two other lattice vectors, Å². */
export function areaAcross(lattice: Matrix3, axis: Axis): number {
  return norm(cross(...planeVectors(lattice, axis)));
}

/** The two other lattice vectors, in cyclic order. */
export function planeVectors(lattice: Matrix3, axis: Axis): readonly [Vector3, Vector3] {
  const [a, b, c] = lattice;
  if (axis === 0) return [b, c];
  return axis === 1 ? [c, a] : [a, b];
}

export function perpendicularHeight(lattice: Matrix3, axis: Axis): number {
  return volume(lattice) / areaAcross(lattice, axis);
}

/** Whether selective dynamics holds the atom in every direction. */
export function isFixed(flags: Uint8Array, atom: number): boolean {
  return flags[3 * atom] === 0 && flags[3 * atom + 1] === 0 && flags[3 * atom + 2] === 0;
}

function wrap(fraction: number): number {
  const wrapped = fraction - Math.floor(fraction);
  return wrapped >= 1 ? 0 : wrapped;
}
