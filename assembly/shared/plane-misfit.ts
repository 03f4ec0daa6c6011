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
const REACH_AHEAD = 1.2;

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
      // Slabs of slightly larger cells ask next, for whom the same vectors will do.
      reach = needed * REACH_AHEAD;
      vectors = latticeVectors(bulk, reach);
      if (vectors.length === 0) {
        reach = needed;
        vectors = latticeVectors(bulk, reach);
      }
    }
    const [lengthA, lengthB] = [norm(a), norm(b)];
    const along = Math.abs(dot(a, b)) / lengthA;
    const across = Math.sqrt(Math.max(0, lengthB * lengthB - along * along));
    let misfit = LARGEST_MISFIT_ANGSTROM;
    for (const u of nearestFirst(vectors, lengthA)) {
      const offA = Math.abs(u.lengthAngstrom - lengthA);
      if (offA >= misfit) break;
      for (const v of nearestFirst(vectors, lengthB)) {
        const offB = Math.abs(v.lengthAngstrom - lengthB);
        if (offB >= misfit) break;
        const alongU = Math.abs(dot(u.vector, v.vector)) / u.lengthAngstrom;
        const acrossU = Math.sqrt(Math.max(0, v.lengthAngstrom * v.lengthAngstrom - alongU * alongU));
        misfit = Math.min(misfit, Math.max(offA, offB, Math.abs(alongU - along), Math.abs(acrossU - across)));
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

/** From the length outwards, as far as a misfit may be. */
function* nearestFirst(vectors: readonly LatticeVector[], lengthAngstrom: number): Generator<LatticeVector> {
  let above = firstNotShorter(vectors, lengthAngstrom);
  let below = above - 1;
  for (;;) {
    const [shorter, longer] = [vectors[below], vectors[above]];
    const offBelow = shorter === undefined ? Number.POSITIVE_INFINITY : lengthAngstrom - shorter.lengthAngstrom;
    const offAbove = longer === undefined ? Number.POSITIVE_INFINITY : longer.lengthAngstrom - lengthAngstrom;
    if (shorter !== undefined && offBelow <= offAbove) {
      yield shorter;
      below -= 1;
    } else if (longer !== undefined) {
      yield longer;
      above += 1;
    } else return;
  }
}

function firstNotShorter(vectors: readonly LatticeVector[], lengthAngstrom: number): number {
  let [low, high] = [0, vectors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((vectors[middle]?.lengthAngstrom ?? 0) < lengthAngstrom) low = middle + 1;
    else high = middle;
  }
  return low;
}
