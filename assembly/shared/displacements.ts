/**
 * How far the atoms of a structure are from places that are given as fractions of its cell.
 *
 * Through fractional coordinates: the same cell can stand differently in space. Asked for every atom of every adsorbed
 * slab, so the vectors stand in one array (SCIENCE §4.9).
 */
import type { Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import type { FaceFrame } from './clean-surface.ts';

/** Relative; what the square of a length can be off by. */
const ROUNDING = 1e-12;

export interface Places {
  /** Length 3N. */
  readonly fractional: Float64Array;
  /** Added to all places, as fractions of the cell. */
  readonly shift: Vector3;
  /** Of each place its atom. */
  readonly atoms: ArrayLike<number>;
  /** Of the cell of the structure. */
  readonly frame: Pick<FaceFrame, 'image' | 'surelyShortestAngstrom'>;
}

/** From its place to each atom, length 3N in the order of the structure, Å; zero of atoms without a place. */
export function displacementsFrom(structure: Structure, { fractional, shift, atoms, frame }: Places): Float64Array {
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = structure.latticeAngstrom;
  const shortSquare = frame.surelyShortestAngstrom ** 2;
  const displacements = new Float64Array(structure.cartesianAngstrom.length);
  for (let at = 0; at < atoms.length; at += 1) {
    const atom = atoms[at] ?? 0;
    const x = structure.cartesianAngstrom[3 * atom] ?? 0;
    const y = structure.cartesianAngstrom[3 * atom + 1] ?? 0;
    const z = structure.cartesianAngstrom[3 * atom + 2] ?? 0;
    const f = (fractional[3 * at] ?? 0) + shift[0];
    const g = (fractional[3 * at + 1] ?? 0) + shift[1];
    const h = (fractional[3 * at + 2] ?? 0) + shift[2];
    const u = x - (f * ax + g * bx + h * cx);
    const v = y - (f * ay + g * by + h * cy);
    const w = z - (f * az + g * bz + h * cz);
    // Most atoms are near their places: no image of those is looked for.
    const offset = u * u + v * v + w * w < shortSquare ? undefined : frame.image([u, v, w]);
    displacements[3 * atom] = offset === undefined ? u : offset[0];
    displacements[3 * atom + 1] = offset === undefined ? v : offset[1];
    displacements[3 * atom + 2] = offset === undefined ? w : offset[2];
  }
  return displacements;
}

/** Length of the longest of many vectors, Å. */
export function longest(vectors: Float64Array): number {
  let length = 0;
  for (let at = 0; at < vectors.length; at += 3) {
    const x = vectors[at] ?? 0;
    const y = vectors[at + 1] ?? 0;
    const z = vectors[at + 2] ?? 0;
    // Squares first: a length that keeps all digits costs many times as much.
    if (x * x + y * y + z * z > length * length * (1 - ROUNDING)) length = Math.max(length, Math.hypot(x, y, z));
  }
  return length;
}
