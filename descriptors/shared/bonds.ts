/**
 * Bonds of every atom of a periodic arrangement: pairs nearer than a multiple of the sum of their covalent radii, every
 * periodic image its own (SCIENCE §4.10).
 */
import { covalentRadiusAngstrom } from '../../model/elements.ts';
import {
  add,
  type Matrix3,
  norm,
  reciprocal,
  reducedLattice,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
} from '../../model/lattice.ts';

export interface PlacedAtoms {
  readonly latticeAngstrom: Matrix3;
  readonly species: readonly string[];
  readonly placesAngstrom: readonly Vector3[];
}

export interface Bond {
  readonly element: string;
  readonly distanceAngstrom: number;
}

/** Nearer than this an image is the atom itself, Å. */
const SAME_PLACE_ANGSTROM = 1e-6;
/** Distances that differ by less are one shell, Å. */
const SHELL_ANGSTROM = 0.005;

/** Of each atom, the nearest first. */
export function bondsOf({ latticeAngstrom, species, placesAngstrom }: PlacedAtoms, factor: number): Bond[][] {
  const lattice = reducedLattice(latticeAngstrom);
  const inverse = reciprocal(lattice);
  const radii = species.map((symbol) => covalentRadiusAngstrom(symbol) ?? 0);
  const reach = 2 * factor * Math.max(...radii);
  const translations = translationsWithin(reach, lattice, inverse);
  return placesAngstrom.map((place, at) =>
    placesAngstrom
      .flatMap((other, to) => {
        const wrapped = wrappedInto(subtract(other, place), lattice, inverse);
        const longest = factor * ((radii[at] ?? 0) + (radii[to] ?? 0));
        return translations
          .map((translation) => norm(add(wrapped, translation)))
          .filter((distance) => distance < longest && (to !== at || distance > SAME_PLACE_ANGSTROM))
          .map((distanceAngstrom) => ({ element: species[to] ?? '', distanceAngstrom }));
      })
      .sort((left, right) => left.distanceAngstrom - right.distanceAngstrom),
  );
}

/** Neighbours at one distance together. */
export function shells(bonds: readonly Bond[]): (Bond & { readonly count: number })[] {
  const found: (Bond & { count: number })[] = [];
  for (const bond of bonds) {
    const known = found.find(
      (shell) =>
        shell.element === bond.element && Math.abs(shell.distanceAngstrom - bond.distanceAngstrom) < SHELL_ANGSTROM,
    );
    if (known === undefined) found.push({ ...bond, count: 1 });
    else known.count += 1;
  }
  return found;
}

function wrappedInto(vector: Vector3, lattice: Matrix3, inverse: Matrix3): Vector3 {
  const [f, g, h] = toFractional(vector, inverse);
  return toCartesian([f - Math.round(f), g - Math.round(g), h - Math.round(h)], lattice);
}

/** All that can bring a wrapped vector, with components of at most ½, within reach. */
function translationsWithin(reach: number, lattice: Matrix3, inverse: Matrix3): Vector3[] {
  const [i, j, k] = inverse.map((vector) => Math.ceil(reach * norm(vector) + 0.5));
  const steps = (most = 1): number[] => Array.from({ length: 2 * most + 1 }, (_, at) => at - most);
  return steps(i).flatMap((f) => steps(j).flatMap((g) => steps(k).map((h) => toCartesian([f, g, h], lattice))));
}
