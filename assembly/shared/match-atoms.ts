/**
 * Which atom of one structure is which atom of another that has the same cell and some atoms more.
 *
 * Atoms of one element are paired at the least total periodic distance, after a rigid shift of the whole structure is
 * taken away (SCIENCE §4.9). The mistakes avoided here: trusting that both files list their atoms in one order, and
 * comparing Cartesian coordinates of cells that are the same but turned in space.
 */
import {
  add,
  type Matrix3,
  minimumImage,
  norm,
  reciprocal,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
} from '../../model/lattice.ts';
import { composition, position, type Structure } from '../../model/structure.ts';
import { minimumCostAssignment } from './assignment.ts';

export interface AtomMatch {
  /** Atoms of the larger structure without a partner in the smaller one, ascending. */
  readonly unmatched: readonly number[];
  readonly largestDisplacementAngstrom: number;
  /** Half of the pairs moved less than this, Å. A rearranged surface keeps it small, another surface does not. */
  readonly medianDisplacementAngstrom: number;
}

/** Where no pair is farther apart than this, no rigid shift is looked for, Å. */
const IN_PLACE_ANGSTROM = 0.5;
/** Atoms that judge a shift before all are paired. */
const SAMPLE_ATOMS = 16;
const SHIFTS_TRIED_IN_FULL = 3;
/** For comparing sums of distances, Å. */
const ROUNDING_ANGSTROM = 1e-9;

/** `larger` must hold every atom that `smaller` holds, in the same cell. */
export function matchAtoms(larger: Structure, smaller: Structure): AtomMatch {
  const problem = pairingProblem(larger, smaller);
  let best = refined(problem, paired(problem, [0, 0, 0]));
  if (best.largest > IN_PLACE_ANGSTROM) {
    for (const shift of likelyShifts(problem)) {
      const other = refined(problem, paired(problem, shift));
      if (other.total < best.total - ROUNDING_ANGSTROM) best = other;
    }
  }
  const taken = new Set(best.pairs.map((pair) => pair.to));
  const distances = best.pairs.map((pair) => norm(pair.offset)).sort((left, right) => left - right);
  return {
    unmatched: problem.to.flatMap((_, atom) => (taken.has(atom) ? [] : [atom])),
    largestDisplacementAngstrom: best.largest,
    medianDisplacementAngstrom: distances[Math.floor(distances.length / 2)] ?? 0,
  };
}

interface PairingProblem {
  /** Of the smaller structure. */
  readonly lattice: Matrix3;
  /** Places in the cell of the smaller structure, Å. */
  readonly from: readonly Vector3[];
  readonly to: readonly Vector3[];
  /** Atoms of each element in both. */
  readonly elements: readonly { readonly from: readonly number[]; readonly to: readonly number[] }[];
  readonly image: (displacement: Vector3) => Vector3;
}

function pairingProblem(larger: Structure, smaller: Structure): PairingProblem {
  const lattice = smaller.latticeAngstrom;
  const atomsOf = (structure: Structure, element: string): number[] =>
    structure.species.flatMap((symbol, atom) => (symbol === element ? [atom] : []));
  return {
    lattice,
    from: placesIn(smaller, lattice),
    to: placesIn(larger, lattice),
    elements: Object.keys(composition(smaller.species)).map((element) => ({
      from: atomsOf(smaller, element),
      to: atomsOf(larger, element),
    })),
    image: minimumImage(lattice),
  };
}

/** Through fractional coordinates: the same cell can stand differently in space. */
function placesIn(structure: Structure, lattice: Matrix3): Vector3[] {
  const inverse = reciprocal(structure.latticeAngstrom);
  return structure.species.map((_, atom) => toCartesian(toFractional(position(structure, atom), inverse), lattice));
}

interface Pair {
  readonly to: number;
  /** From the place in the smaller structure, without the shift, Å. */
  readonly offset: Vector3;
}

interface Pairing {
  readonly shift: Vector3;
  readonly pairs: readonly Pair[];
  readonly total: number;
  readonly largest: number;
}

function paired(problem: PairingProblem, shift: Vector3): Pairing {
  const pairs = problem.elements.flatMap(({ from, to }) => {
    const offsets = from.map((atom) => to.map((other) => offsetBetween(problem, [atom, other], shift)));
    const assigned = minimumCostAssignment(offsets.map((row) => Float64Array.from(row, norm)));
    return assigned.map((column, row): Pair => ({ to: to[column] ?? 0, offset: offsets[row]?.[column] ?? [0, 0, 0] }));
  });
  const distances = pairs.map((pair) => norm(pair.offset));
  return {
    shift,
    pairs,
    total: distances.reduce((sum, distance) => sum + distance, 0),
    largest: Math.max(0, ...distances),
  };
}

/** Takes away what most pairs are off by in common, along each lattice vector, and pairs again. */
function refined(problem: PairingProblem, pairing: Pairing): Pairing {
  const inverse = reciprocal(problem.lattice);
  const fractions = pairing.pairs.map((pair) => toFractional(pair.offset, inverse));
  const median = (axis: 0 | 1 | 2): number => {
    const sorted = fractions.map((fraction) => fraction[axis]).sort((left, right) => left - right);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  const common = toCartesian([median(0), median(1), median(2)], problem.lattice);
  const again = paired(problem, add(pairing.shift, common));
  return again.total < pairing.total - ROUNDING_ANGSTROM ? again : pairing;
}

/** Shifts that bring one atom of the rarest element onto an atom of its kind, the best ones of a sample first. */
function likelyShifts(problem: PairingProblem): Vector3[] {
  const [rarest] = [...problem.elements].sort((left, right) => left.to.length - right.to.length);
  const anchor = rarest?.from[0];
  if (rarest === undefined || anchor === undefined) return [];
  const sample = problem.elements.flatMap(({ from, to }) => {
    const step = Math.max(1, Math.floor((from.length * problem.elements.length) / SAMPLE_ATOMS));
    return from.flatMap((atom, at) => (at % step === 0 ? [{ atom, to }] : []));
  });
  return rarest.to
    .map((target) => offsetBetween(problem, [anchor, target], [0, 0, 0]))
    .map((shift) => ({
      shift,
      cost: sample.reduce((sum, { atom, to }) => {
        const distances = to.map((other) => norm(offsetBetween(problem, [atom, other], shift)));
        return sum + Math.min(...distances);
      }, 0),
    }))
    .sort((left, right) => left.cost - right.cost)
    .slice(0, SHIFTS_TRIED_IN_FULL)
    .map((candidate) => candidate.shift);
}

function offsetBetween(
  { from, to, image }: PairingProblem,
  [atom, other]: readonly [number, number],
  shift: Vector3,
): Vector3 {
  const end = to[other] ?? [0, 0, 0];
  const start = from[atom] ?? [0, 0, 0];
  return image(subtract(subtract(end, start), shift));
}
