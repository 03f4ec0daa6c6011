/**
 * How far the cell of a slab is from one that the lattice of a bulk allows.
 *
 * The vectors in the plane of a slab are lattice vectors of the crystal it is cut from, however the slab was built or
 * turned. Composition alone cannot tell the polymorphs of a compound, nor the relaxed bulk from a strained one
 * (SCIENCE §4.3: γ needs the bulk that the slab consists of).
 */
import {
  cross,
  dot,
  type Matrix3,
  norm,
  reducedLattice,
  reducedPair,
  toCartesian,
  volume,
} from '../../model/lattice.ts';
import { type Axis, planeVectors } from './slab-geometry.ts';

/** Pairs of vectors that differ more are no candidates, Å. */
export const LARGEST_MISFIT_ANGSTROM = 0.5;
/** Vectors of one crystal within the length of a slab's cell; more than any primitive cell has below 40 Å. */
const MOST_VECTORS = 200_000;

interface LatticeVector {
  readonly vector: readonly [number, number, number];
  readonly lengthAngstrom: number;
}

/** A function of a slab's cell: Å by which it misses the lattice, at most 0.5 for what misses it altogether. */
export function planeMisfit(bulk: Matrix3): (slab: Matrix3, axis: Axis) => number {
  let reach = 0;
  let vectors: readonly LatticeVector[] = [];
  return (slab, axis) => {
    const [a, b] = reducedPair(...planeVectors(slab, axis));
    const needed = norm(b) + LARGEST_MISFIT_ANGSTROM;
    if (needed > reach) {
      reach = needed;
      vectors = latticeVectors(bulk, reach);
    }
    const [lengthA, lengthB, wanted] = [norm(a), norm(b), norm(cross(a, b))];
    const along = Math.abs(dot(a, b)) / lengthA;
    let misfit = LARGEST_MISFIT_ANGSTROM;
    for (const u of within(vectors, lengthA, misfit)) {
      for (const v of within(vectors, lengthB, misfit)) {
        const offA = Math.abs(u.lengthAngstrom - lengthA);
        const offB = Math.abs(v.lengthAngstrom - lengthB);
        const shear = Math.abs(Math.abs(dot(u.vector, v.vector)) / lengthA - along);
        const across = Math.abs(norm(cross(u.vector, v.vector)) - wanted) / lengthA;
        misfit = Math.min(misfit, Math.max(offA, offB, shear, across));
      }
    }
    return misfit;
  };
}

/** By length, one of each pair of opposite ones. */
function latticeVectors(bulk: Matrix3, reachAngstrom: number): LatticeVector[] {
  const lattice = reducedLattice(bulk);
  const size = volume(lattice);
  const most = ([u, v]: readonly [Matrix3[0], Matrix3[0]]): number =>
    Math.ceil((reachAngstrom * norm(cross(u, v))) / size);
  const [a, b, c] = lattice;
  const counts = [most([b, c]), most([c, a]), most([a, b])] as const;
  if (!(counts.reduce((product, count) => product * (2 * count + 1), 1) <= MOST_VECTORS)) return [];
  const vectors: LatticeVector[] = [];
  for (let i = -counts[0]; i <= counts[0]; i += 1) {
    for (let j = -counts[1]; j <= counts[1]; j += 1) {
      for (let k = 0; k <= counts[2]; k += 1) {
        const vector = toCartesian([i, j, k], lattice);
        const lengthAngstrom = norm(vector);
        if (lengthAngstrom > 0 && lengthAngstrom <= reachAngstrom) vectors.push({ vector, lengthAngstrom });
      }
    }
  }
  return vectors.sort((left, right) => left.lengthAngstrom - right.lengthAngstrom);
}

function within(vectors: readonly LatticeVector[], lengthAngstrom: number, offAngstrom: number): LatticeVector[] {
  let [low, high] = [0, vectors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((vectors[middle]?.lengthAngstrom ?? 0) < lengthAngstrom - offAngstrom) low = middle + 1;
    else high = middle;
  }
  const found: LatticeVector[] = [];
  for (let at = low; at < vectors.length; at += 1) {
    const candidate = vectors[at];
    if (candidate === undefined || candidate.lengthAngstrom > lengthAngstrom + offAngstrom) break;
    found.push(candidate);
  }
  return found;
}
