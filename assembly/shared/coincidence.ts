/**
 * Vectors of one lattice as whole multiples of the vectors of another: how a supercell or a strained film repeats its
 * material, however either cell stands in space.
 *
 * The mistake avoided here: comparing |a| with |a| and |b| with |b|. A supercell may be cut along diagonals, and a film
 * may lie on the plane of any two vectors.
 */
import { cross, dot, type Matrix3, norm, reciprocal, toCartesian, type Vector3 } from '../../model/lattice.ts';

export interface Coincidence {
  /** Components of every wanted vector in the lattice. */
  readonly multiples: readonly Vector3[];
  /** Length of the wanted vector over that of the lattice, minus 1: how the material is stretched. */
  readonly strains: readonly number[];
}

export interface CoincidenceLimits {
  readonly strain: number;
  readonly angleDegrees: number;
}

/** Strains within this of each other are equally good; the simpler multiples are meant. */
const SAME_STRAIN = 0.01;
/** A cell that needs more vectors to be tried is not looked at. */
const MOST_VECTORS = 20_000;

/** The least strained, of equals the simplest; undefined when none lies within the limits. */
export function coincidence(
  wanted: readonly Vector3[],
  lattice: Matrix3,
  limits: CoincidenceLimits,
): Coincidence | undefined {
  const choices = wanted.map((vector) => vectorsLike(vector, lattice, limits.strain));
  let best: { readonly found: Coincidence; readonly rank: number; readonly size: number } | undefined;
  const extend = (chosen: readonly Choice[]): void => {
    const at = chosen.length;
    if (at === wanted.length) {
      const rank = Math.round(Math.max(...chosen.map(({ strain }) => Math.abs(strain))) / SAME_STRAIN);
      const size = chosen.reduce((sum, { multiple }) => sum + oneNorm(multiple), 0);
      if (best !== undefined && (rank > best.rank || (rank === best.rank && size >= best.size))) return;
      const found = { multiples: chosen.map(({ multiple }) => multiple), strains: chosen.map(({ strain }) => strain) };
      best = { found, rank, size };
      return;
    }
    for (const choice of choices[at] ?? []) {
      const fits = chosen.every((other, index) => {
        const [u, v] = [wanted[index], wanted[at]];
        if (u === undefined || v === undefined) return false;
        return Math.abs(angleOf(u, v) - angleOf(other.vector, choice.vector)) <= limits.angleDegrees;
      });
      if (fits) extend([...chosen, choice]);
    }
  };
  extend([]);
  return best?.found;
}

interface Choice {
  readonly multiple: Vector3;
  readonly vector: Vector3;
  readonly strain: number;
}

function vectorsLike(wanted: Vector3, lattice: Matrix3, limit: number): Choice[] {
  const length = norm(wanted);
  const reach = reciprocal(lattice).map((vector) => Math.floor((length / (1 - limit)) * norm(vector)));
  const [i, j, k] = [reach[0] ?? 0, reach[1] ?? 0, reach[2] ?? 0];
  if ((2 * i + 1) * (2 * j + 1) * (2 * k + 1) > MOST_VECTORS) return [];
  const found: Choice[] = [];
  for (let p = i; p >= -i; p -= 1) {
    for (let q = j; q >= -j; q -= 1) {
      for (let r = k; r >= -k; r -= 1) {
        const vector = toCartesian([p, q, r], lattice);
        const strain = length / norm(vector) - 1;
        if (Math.abs(strain) <= limit) found.push({ multiple: [p, q, r], vector, strain });
      }
    }
  }
  return found;
}

function oneNorm([p, q, r]: Vector3): number {
  return Math.abs(p) + Math.abs(q) + Math.abs(r);
}

function angleOf(u: Vector3, v: Vector3): number {
  return (Math.atan2(norm(cross(u, v)), dot(u, v)) * 180) / Math.PI;
}
