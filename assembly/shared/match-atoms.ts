/**
 * Which atom of one structure is which atom of another that has the same cell and some atoms more.
 *
 * Atoms of one element are paired at the least total periodic distance, after a rigid shift of the whole structure is
 * taken away (SCIENCE §4.9). The mistakes avoided here: trusting that both files list their atoms in one order, and
 * comparing Cartesian coordinates of cells that are the same but turned in space.
 */
import { add, norm, toFractional, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { minimumCostAssignment } from './assignment.ts';
import {
  atomsByElement,
  commonOffset,
  distancesFrom,
  type KnownStructure,
  knownStructure,
  offsetBetween,
  type Pairing,
  type PairingProblem,
  pairingProblem,
} from './atom-pairing.ts';
import { NO_SHIFT_ANGSTROM, pairsInOrder } from './pairs-in-order.ts';
import { upperMedian } from './upper-median.ts';

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
/** For comparing sums of distances, Å. */
const ROUNDING_ANGSTROM = 1e-9;

/** `larger` must hold every atom that `smaller` holds, in the same cell. */
export function matchAtoms(larger: Structure, smaller: Structure): AtomMatch {
  return atomMatcher(smaller).match(larger);
}

export interface AtomMatcher {
  readonly match: (larger: Structure) => AtomMatch;
  /** Cheap; undefined when the order of the atoms does not prove the match. */
  readonly matchInOrder: (larger: Structure) => AtomMatch | undefined;
}

/** For many structures on one clean slab: what is known of the slab alone is found once. */
export function atomMatcher(smaller: Structure): AtomMatcher {
  const known = knownStructure(smaller);
  const matchInOrder = (larger: Structure): AtomMatch | undefined => {
    const pairing = pairsInOrder(larger, atomsByElement(larger), known);
    return pairing && matchOf(larger, known, pairing);
  };
  return {
    matchInOrder,
    match: (larger) =>
      matchInOrder(larger) ?? matchOf(larger, known, bestPairs(pairingProblem(larger, known, atomsByElement(larger)))),
  };
}

function bestPairs(problem: PairingProblem): Pairing {
  const shift = bestShift(problem);
  return { shift, ...pairsAt(problem, shift) };
}

function bestShift(problem: PairingProblem): Vector3 {
  let best = refined(problem, [0, 0, 0]);
  if (best.largest > IN_PLACE_ANGSTROM) {
    for (const shift of likelyShifts(problem)) {
      const other = refined(problem, shift);
      if (other.total < best.total - ROUNDING_ANGSTROM) best = other;
    }
  }
  return best.shift;
}

function matchOf(larger: Structure, known: KnownStructure, pairing: Pairing): AtomMatch {
  const { partners, shift, distancesAngstrom } = pairing;
  const isTaken = new Uint8Array(larger.species.length);
  for (let atom = 0; atom < partners.length; atom += 1) isTaken[partners[atom] ?? 0] = 1;
  const unmatched: number[] = [];
  for (let atom = 0; atom < isTaken.length; atom += 1) if (isTaken[atom] === 0) unmatched.push(atom);
  let largest = 0;
  for (let atom = 0; atom < distancesAngstrom.length; atom += 1) {
    const distance = distancesAngstrom[atom] ?? 0;
    if (distance > largest) largest = distance;
  }
  return {
    unmatched,
    partners: listOf(partners),
    shiftFractional: toFractional(shift, known.inverse),
    largestDisplacementAngstrom: largest,
    medianDisplacementAngstrom: upperMedian(distancesAngstrom.slice()),
  };
}

/** A loop: Array.from asks an iterator for every number. */
function listOf(numbers: Int32Array): number[] {
  const list: number[] = [];
  for (let at = 0; at < numbers.length; at += 1) list.push(numbers[at] ?? 0);
  return list;
}

/** One partner for each atom of the smaller structure, at the least total distance. */
function pairsAt(problem: PairingProblem, shift: Vector3): Omit<Pairing, 'shift'> {
  const partners = new Int32Array(problem.from.length);
  const distancesAngstrom = new Float64Array(problem.from.length);
  for (const { from, to } of problem.elements) {
    const costs = from.map((atom) => distancesFrom(problem, atom, to, shift));
    for (const [row, column] of minimumCostAssignment(costs).entries()) {
      const atom = from[row] ?? 0;
      partners[atom] = to[column] ?? 0;
      distancesAngstrom[atom] = costs[row]?.[column] ?? 0;
    }
  }
  return { partners, distancesAngstrom };
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

/** Takes away what most atoms are off by in common. */
function refined(problem: PairingProblem, shift: Vector3): Approach {
  const first = approachAt(problem, shift);
  const common = commonOffset(problem, first.offsets);
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
