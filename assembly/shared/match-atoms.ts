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
  periodicDistance,
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
  /** Of every atom of the smaller structure its atom of the larger one. */
  readonly partners: readonly number[];
  /** From the smaller structure to the larger one: the rigid shift that was taken away, as fractions of the cell. */
  readonly shiftFractional: Vector3;
  readonly largestDisplacementAngstrom: number;
  /** Half of the pairs moved less than this, Å. A rearranged surface keeps it small, another surface does not. */
  readonly medianDisplacementAngstrom: number;
}

/** Where every atom is nearer than this to one of its kind, no rigid shift is looked for, Å. */
const IN_PLACE_ANGSTROM = 0.5;
/** Atoms that judge a shift before all are paired. */
const SAMPLE_ATOMS = 16;
const SHIFTS_TRIED_IN_FULL = 3;
/** Mean distance of the sample, Å: between unlike slabs it is larger whatever the shift. */
const PROMISING_ANGSTROM = 0.6;
/** Less than the digits of an OUTCAR: a shift that changes no pair. */
const NO_SHIFT_ANGSTROM = 1e-5;
/** For comparing sums of distances, Å. */
const ROUNDING_ANGSTROM = 1e-9;

/** `larger` must hold every atom that `smaller` holds, in the same cell. */
export function matchAtoms(larger: Structure, smaller: Structure): AtomMatch {
  const problem = pairingProblem(larger, smaller);
  let best = refined(problem, [0, 0, 0]);
  if (best.largest > IN_PLACE_ANGSTROM) {
    for (const shift of likelyShifts(problem)) {
      const other = refined(problem, shift);
      if (other.total < best.total - ROUNDING_ANGSTROM) best = other;
    }
  }
  const pairs = pairsAt(problem, best.shift);
  const taken = new Set(pairs.map((pair) => pair.to));
  const partners = Array<number>(problem.from.length).fill(-1);
  for (const { from, to } of pairs) partners[from] = to;
  const distances = pairs.map((pair) => pair.distance).sort((left, right) => left - right);
  return {
    unmatched: problem.to.flatMap((_, atom) => (taken.has(atom) ? [] : [atom])),
    partners,
    shiftFractional: toFractional(best.shift, reciprocal(problem.lattice)),
    largestDisplacementAngstrom: distances.at(-1) ?? 0,
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
  readonly distance: (x: number, y: number, z: number) => number;
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
    distance: periodicDistance(lattice),
  };
}

/** Through fractional coordinates: the same cell can stand differently in space. */
function placesIn(structure: Structure, lattice: Matrix3): Vector3[] {
  const inverse = reciprocal(structure.latticeAngstrom);
  return structure.species.map((_, atom) => toCartesian(toFractional(position(structure, atom), inverse), lattice));
}

interface Pair {
  readonly from: number;
  readonly to: number;
  /** Å. */
  readonly distance: number;
}

/** One partner for each atom of the smaller structure, at the least total distance. */
function pairsAt(problem: PairingProblem, shift: Vector3): Pair[] {
  return problem.elements.flatMap(({ from, to }) => {
    const costs = from.map((atom) => distancesFrom(problem, atom, to, shift));
    return minimumCostAssignment(costs).map(
      (column, row): Pair => ({ from: from[row] ?? 0, to: to[column] ?? 0, distance: costs[row]?.[column] ?? 0 }),
    );
  });
}

/** How well a shift brings the atoms onto places of their kind, two of them allowed on one: cheaper than pairs. */
interface Approach {
  readonly shift: Vector3;
  /** From each atom to the nearest of its kind, Å. */
  readonly offsets: readonly Vector3[];
  readonly total: number;
  readonly largest: number;
}

function approachAt(problem: PairingProblem, shift: Vector3): Approach {
  const offsets: Vector3[] = [];
  let [total, largest] = [0, 0];
  for (const { from, to } of problem.elements) {
    for (const atom of from) {
      const distances = distancesFrom(problem, atom, to, shift);
      let nearest = 0;
      for (let at = 1; at < distances.length; at += 1) {
        if ((distances[at] ?? 0) < (distances[nearest] ?? 0)) nearest = at;
      }
      const distance = distances[nearest] ?? 0;
      total += distance;
      largest = Math.max(largest, distance);
      offsets.push(offsetBetween(problem, [atom, to[nearest] ?? 0], shift));
    }
  }
  return { shift, offsets, total, largest };
}

/** Takes away what most atoms are off by in common, along each lattice vector. */
function refined(problem: PairingProblem, shift: Vector3): Approach {
  const first = approachAt(problem, shift);
  const inverse = reciprocal(problem.lattice);
  const fractions = first.offsets.map((offset) => toFractional(offset, inverse));
  const median = (axis: 0 | 1 | 2): number => {
    const sorted = fractions.map((fraction) => fraction[axis]).sort((left, right) => left - right);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  const common = toCartesian([median(0), median(1), median(2)], problem.lattice);
  return norm(common) < NO_SHIFT_ANGSTROM ? first : approachAt(problem, add(shift, common));
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
  const most = PROMISING_ANGSTROM * sample.length;
  return rarest.to
    .map((target) => offsetBetween(problem, [anchor, target], [0, 0, 0]))
    .map((shift) => {
      let cost = 0;
      for (const { atom, to } of sample) {
        cost += Math.min(...distancesFrom(problem, atom, to, shift));
        if (cost > most) break;
      }
      return { shift, cost };
    })
    .filter(({ cost }) => cost <= most)
    .sort((left, right) => left.cost - right.cost)
    .slice(0, SHIFTS_TRIED_IN_FULL)
    .map((candidate) => candidate.shift);
}

/** To each of the atoms `to`, Å. */
function distancesFrom(problem: PairingProblem, atom: number, to: readonly number[], shift: Vector3): Float64Array {
  const [x, y, z] = add(problem.from[atom] ?? [0, 0, 0], shift);
  const distances = new Float64Array(to.length);
  for (const [at, other] of to.entries()) {
    const [u, v, w] = problem.to[other] ?? [0, 0, 0];
    distances[at] = problem.distance(u - x, v - y, w - z);
  }
  return distances;
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
