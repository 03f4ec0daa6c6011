/**
 * The cheap way to a minimum-cost pairing: most relaxations keep the order of their atoms, and then it can be proven
 * that no other pairing costs less. The mistake avoided here: taking the order for granted instead of proving it.
 */
import { norm, type Vector3 } from '../../model/lattice.ts';
import {
  commonOffset,
  distancesFrom,
  type KnownStructure,
  offsetBetween,
  type Pair,
  type Pairing,
  type PairingProblem,
} from './atom-pairing.ts';

/** Less than the digits of an OUTCAR: a shift that changes no pair. */
export const NO_SHIFT_ANGSTROM = 1e-5;

/**
 * Pairs in the order of the two files, as most relaxations keep it, when nothing can be cheaper: every atom is nearer to
 * its partner than half of the way to another one of its element, so that each partner is the nearest atom there is. The
 * additional atoms of an element stand behind or before its own. Undefined when the order proves nothing.
 */
export function pairsInOrder(problem: PairingProblem, { halfSeparationAngstrom }: KnownStructure): Pairing | undefined {
  const first = problem.elements.map((element) => rowOf(problem, element, [0, 0, 0], halfSeparationAngstrom));
  if (!first.every((row) => row !== undefined)) return undefined;
  const offsets = problem.elements.flatMap(({ from, to }, at) =>
    from.map((atom, index) => offsetBetween(problem, [atom, to[index + (first[at]?.start ?? 0)] ?? 0], [0, 0, 0])),
  );
  const common = commonOffset(problem, offsets);
  if (norm(common) < NO_SHIFT_ANGSTROM) return { shift: [0, 0, 0], pairs: first.flatMap((row) => row.pairs) };
  const shifted = problem.elements.map((element) => rowOf(problem, element, common, halfSeparationAngstrom));
  if (!shifted.every((row) => row !== undefined)) return undefined;
  return { shift: common, pairs: shifted.flatMap((row) => row.pairs) };
}

interface Row {
  /** Of the atoms `to`, the one that is the first partner. */
  readonly start: number;
  readonly pairs: readonly Pair[];
}

function rowOf(
  problem: PairingProblem,
  { from, to }: PairingProblem['elements'][number],
  shift: Vector3,
  mostAngstrom: number,
): Row | undefined {
  const more = to.length - from.length;
  for (const start of more === 0 ? [0] : [0, more]) {
    const pairs = pairsFrom(problem, from, to.slice(start, start + from.length), { shift, mostAngstrom });
    const additional = start === 0 ? to.slice(from.length) : to.slice(0, more);
    if (pairs !== undefined && !isAnyNearer(problem, from, additional, { shift, pairs })) return { start, pairs };
  }
  return undefined;
}

function pairsFrom(
  { from: places, to: others, distance }: PairingProblem,
  from: readonly number[],
  to: readonly number[],
  { shift, mostAngstrom }: { readonly shift: Vector3; readonly mostAngstrom: number },
): Pair[] | undefined {
  const pairs: Pair[] = [];
  for (const [at, atom] of from.entries()) {
    const [x, y, z] = places[atom] ?? [0, 0, 0];
    const partner = to[at] ?? 0;
    const [u, v, w] = others[partner] ?? [0, 0, 0];
    const apart = distance(u - x - shift[0], v - y - shift[1], w - z - shift[2]);
    if (apart > mostAngstrom) return undefined;
    pairs.push({ from: atom, to: partner, distance: apart });
  }
  return pairs;
}

/** Whether an additional atom is nearer to an atom than its partner is. */
function isAnyNearer(
  problem: PairingProblem,
  from: readonly number[],
  additional: readonly number[],
  { shift, pairs }: { readonly shift: Vector3; readonly pairs: readonly Pair[] },
): boolean {
  if (additional.length === 0) return false;
  return from.some((atom, at) => {
    const own = pairs[at]?.distance ?? 0;
    return distancesFrom(problem, atom, additional, shift).some((distance) => distance < own);
  });
}
