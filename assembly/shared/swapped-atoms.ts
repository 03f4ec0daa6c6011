/**
 * Atoms of one element that exchanged their places in the list between two neighbouring images.
 *
 * A swapped list looks like a path: the species agree, and linear interpolation then drives two atoms through each
 * other. It shows in one step that is long for the atoms as they are named and short once they are renamed. A real
 * exchange, a knock-on or a rotating molecule has no such step: its atoms turn about their middle by an angle θ per
 * image, and renaming helps by half only from θ = 127° on (cot(θ/2) = ½), where no images describe a path any more.
 */
import { minimumImage, norm, type Vector3 } from '../../model/lattice.ts';
import { position, type Structure } from '../../model/structure.ts';
import { minimumCostAssignment } from './assignment.ts';
import { atomNorm, type Displace, isSurelyShorter } from './path-geometry.ts';

/** No two atoms lie closer than in H₂ (0.74 Å): who moved less in one step did not take another one's place. */
const SHORTEST_EXCHANGE_ANGSTROM = 0.7;
/** Of the way that the atoms go as they are named, when they are renamed. */
const LARGEST_RENAMED_SHARE = 0.5;

export interface AtomSwap {
  /** Atoms of the later image that carry another one's name, ascending, from 0. */
  readonly atoms: readonly number[];
  /** Longest step of one of them as they are named, Å. */
  readonly movedAngstrom: number;
  /** Longest step of one of them with the names exchanged, Å. */
  readonly renamedAngstrom: number;
  /** The later image in the order of the earlier one. */
  readonly renamed: Structure;
}

/** Both images hold the same species in the same order; undefined when every atom is who it is called. */
export function swappedAtoms(from: Structure, to: Structure, displace: Displace): AtomSwap | undefined {
  const steps = displace(from, to);
  const lengthOf = (atom: number): number => atomNorm(steps, atom);
  const movers: number[] = [];
  for (let atom = 0; atom < from.species.length; atom += 1) {
    if (isSurelyShorter(steps, atom, SHORTEST_EXCHANGE_ANGSTROM)) continue;
    if (lengthOf(atom) >= SHORTEST_EXCHANGE_ANGSTROM) movers.push(atom);
  }
  if (movers.length < 2) return undefined;
  const image = minimumImage(from.latticeAngstrom);
  const order = from.species.map((_, atom) => atom);
  let [movedAngstrom, renamedAngstrom] = [0, 0];
  for (const element of new Set(movers.map((atom) => from.species[atom]))) {
    const same = movers.filter((atom) => from.species[atom] === element);
    const stepTo = (atom: number, other: number): number => norm(image(between(from, atom, to, other)));
    const columns = minimumCostAssignment(same.map((atom) => Float64Array.from(same, (other) => stepTo(atom, other))));
    for (const cycle of cyclesOf(columns)) {
      const atoms = cycle.map((row) => same[row] ?? 0);
      const named = atoms.map(lengthOf);
      const renamed = cycle.map((row) => stepTo(same[row] ?? 0, same[columns[row] ?? row] ?? 0));
      if (sum(renamed) > LARGEST_RENAMED_SHARE * sum(named)) continue;
      for (const row of cycle) order[same[row] ?? 0] = same[columns[row] ?? row] ?? 0;
      movedAngstrom = Math.max(movedAngstrom, ...named);
      renamedAngstrom = Math.max(renamedAngstrom, ...renamed);
    }
  }
  const atoms = order.flatMap((other, atom) => (other === atom ? [] : [atom]));
  return atoms.length === 0 ? undefined : { atoms, movedAngstrom, renamedAngstrom, renamed: inOrder(to, order) };
}

/** Cycles of a permutation that move anything. */
function cyclesOf(columns: readonly number[]): number[][] {
  const seen = new Set<number>();
  const cycles: number[][] = [];
  for (const start of columns.keys()) {
    const cycle: number[] = [];
    for (let row = start; !seen.has(row); row = columns[row] ?? row) {
      seen.add(row);
      cycle.push(row);
    }
    if (cycle.length > 1) cycles.push(cycle);
  }
  return cycles;
}

function between(from: Structure, atom: number, to: Structure, other: number): Vector3 {
  const [x, y, z] = position(from, atom);
  const [u, v, w] = position(to, other);
  return [u - x, v - y, w - z];
}

function inOrder(structure: Structure, order: readonly number[]): Structure {
  return { ...structure, cartesianAngstrom: Float64Array.from(order.flatMap((atom) => position(structure, atom))) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
