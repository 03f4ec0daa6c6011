/**
 * The cheap way to a minimum-cost pairing: most relaxations keep the order of their atoms, and then it can be proven
 * that no other pairing costs less. The mistake avoided here: taking the order for granted instead of proving it.
 *
 * The proof: every atom is nearer to its partner than half of the way to another atom of its element (or to its own
 * image), so each partner is the nearest atom there is, and the wrapped distance is the shortest. Asked for every adsorbed
 * slab of a tree, so it is done in numbers without a vector.
 */
import { norm, toCartesian, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { fractionalOf, type KnownStructure, type Pairing } from './atom-pairing.ts';
import { upperMedian } from './upper-median.ts';

/** Less than the digits of an OUTCAR: a shift that changes no pair. */
export const NO_SHIFT_ANGSTROM = 1e-5;

type AtomsOf = ReadonlyMap<string, readonly number[]>;

/** The additional atoms of an element stand behind or before its own. Undefined when the order proves nothing. */
export function pairsInOrder(larger: Structure, theirs: AtomsOf, known: KnownStructure): Pairing | undefined {
  const fractional = fractionalOf(larger);
  for (const isAdditionFirst of [false, true]) {
    const partners = partnersInOrder(theirs, known, isAdditionFirst);
    const found = partners && provenPairing(fractional, partners, { theirs, known });
    if (found !== undefined) return found;
  }
  return undefined;
}

function partnersInOrder(theirs: AtomsOf, known: KnownStructure, isAdditionFirst: boolean): Int32Array | undefined {
  const partners = new Int32Array(known.places.length);
  for (const [element, from] of known.atomsOf) {
    const to = theirs.get(element) ?? [];
    if (to.length < from.length) return undefined;
    const start = isAdditionFirst ? to.length - from.length : 0;
    for (let at = 0; at < from.length; at += 1) partners[from[at] ?? 0] = to[start + at] ?? 0;
  }
  return partners;
}

interface Structures {
  readonly theirs: AtomsOf;
  readonly known: KnownStructure;
}

function provenPairing(fractional: Float64Array, partners: Int32Array, structures: Structures): Pairing | undefined {
  const { known } = structures;
  const first = offsets(fractional, partners, { known, shift: [0, 0, 0] });
  if (first === undefined) return undefined;
  const common: Vector3 = [upperMedian(first.alongA), upperMedian(first.alongB), upperMedian(first.alongC)];
  const shift = toCartesian(common, known.lattice);
  const isShifted = norm(shift) >= NO_SHIFT_ANGSTROM;
  const found = isShifted ? offsets(fractional, partners, { known, shift: common }) : first;
  if (found === undefined) return undefined;
  const pairing = { shift: isShifted ? shift : ([0, 0, 0] as const), partners, distancesAngstrom: found.lengths };
  return isAnyNearer(pairing, fractional, structures) ? undefined : pairing;
}

interface Offsets {
  /** Fractions of the cell along its vectors, one of each for every atom. */
  readonly alongA: Float64Array;
  readonly alongB: Float64Array;
  readonly alongC: Float64Array;
  /** Å. */
  readonly lengths: Float64Array;
}

/** From each atom to its partner; undefined when one is too far for the proof. `shift`: fractional. */
function offsets(
  fractional: Float64Array,
  partners: Int32Array,
  { known, shift: [s, t, u] }: { readonly known: KnownStructure; readonly shift: Vector3 },
): Offsets | undefined {
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = known.lattice;
  const most = known.halfSeparationAngstrom ** 2;
  const alongA = new Float64Array(partners.length);
  const alongB = new Float64Array(partners.length);
  const alongC = new Float64Array(partners.length);
  const lengths = new Float64Array(partners.length);
  for (let atom = 0; atom < partners.length; atom += 1) {
    const [own, other] = [3 * atom, 3 * (partners[atom] ?? 0)];
    const f = nearestImage((fractional[other] ?? 0) - (known.fractional[own] ?? 0) - s);
    const g = nearestImage((fractional[other + 1] ?? 0) - (known.fractional[own + 1] ?? 0) - t);
    const h = nearestImage((fractional[other + 2] ?? 0) - (known.fractional[own + 2] ?? 0) - u);
    const x = f * ax + g * bx + h * cx;
    const y = f * ay + g * by + h * cy;
    const z = f * az + g * bz + h * cz;
    const square = x * x + y * y + z * z;
    if (square > most) return undefined;
    alongA[atom] = f;
    alongB[atom] = g;
    alongC[atom] = h;
    lengths[atom] = Math.sqrt(square);
  }
  return { alongA, alongB, alongC, lengths };
}

function nearestImage(fraction: number): number {
  return fraction - Math.round(fraction);
}

/** Whether an additional atom of its element is nearer to an atom than its partner is. */
function isAnyNearer(pairing: Pairing, fractional: Float64Array, { theirs, known }: Structures): boolean {
  for (const [element, from] of known.atomsOf) {
    const to = theirs.get(element) ?? [];
    if (to.length === from.length) continue;
    const taken = new Set(from.map((atom) => pairing.partners[atom]));
    for (const other of to) {
      if (taken.has(other)) continue;
      const fractions = fractional.subarray(3 * other, 3 * other + 3);
      const [x, y, z] = toCartesian([fractions[0] ?? 0, fractions[1] ?? 0, fractions[2] ?? 0], known.lattice);
      const [i, j, k] = pairing.shift;
      const isNearer = (atom: number): boolean => {
        const [u, v, w] = known.places[atom] ?? [0, 0, 0];
        return known.distance(x - u - i, y - v - j, z - w - k) < (pairing.distancesAngstrom[atom] ?? 0);
      };
      if (from.some(isNearer)) return true;
    }
  }
  return false;
}
