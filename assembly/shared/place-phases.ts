/**
 * Six numbers of a structure that change little when its atoms do, whatever their order and their cell of origin: the
 * sums of cos 2πf and sin 2πf along each lattice vector over the atoms of the rarest element, which is the adatom.
 *
 * They tell most structures of one composition apart at the price of six comparisons instead of one for every atom.
 */
import { norm, reciprocal, toFractional } from '../../model/lattice.ts';
import { composition, position, type Structure } from '../../model/structure.ts';

export interface PlacePhases {
  readonly sums: Float64Array;
  /** By which each sum can change, per Å that its atoms move. */
  readonly slopesPerAngstrom: Float64Array;
}

export function placePhases(structure: Structure): PlacePhases {
  const inverse = reciprocal(structure.latticeAngstrom);
  const atoms = rarestAtoms(structure);
  const sums = new Float64Array(6);
  for (const atom of atoms) {
    const fractions = toFractional(position(structure, atom), inverse);
    for (const axis of [0, 1, 2] as const) {
      const phase = 2 * Math.PI * fractions[axis];
      sums[2 * axis] = (sums[2 * axis] ?? 0) + Math.cos(phase);
      sums[2 * axis + 1] = (sums[2 * axis + 1] ?? 0) + Math.sin(phase);
    }
  }
  const slopes = inverse.map((vector) => atoms.length * 2 * Math.PI * norm(vector));
  return { sums, slopesPerAngstrom: Float64Array.from(slopes.flatMap((slope) => [slope, slope])) };
}

function rarestAtoms({ species }: Structure): number[] {
  const [rarest] = Object.entries(composition(species)).sort(([, left], [, right]) => left - right)[0] ?? [];
  const atoms: number[] = [];
  for (let atom = 0; atom < species.length; atom += 1) if (species[atom] === rarest) atoms.push(atom);
  return atoms;
}

/** False when an atom of the rarest element must be farther than this from all its likes, Å. */
export function mayBeWithin(own: PlacePhases, other: PlacePhases, distanceAngstrom: number): boolean {
  for (let at = 0; at < 6; at += 1) {
    const difference = Math.abs((own.sums[at] ?? 0) - (other.sums[at] ?? 0));
    if (difference > (own.slopesPerAngstrom[at] ?? 0) * distanceAngstrom) return false;
  }
  return true;
}
