/** Slabs with a plane lattice that is known beforehand, from wurtzite ZnO squeezed or stretched in its plane. */
import type { Matrix3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { hexagonal, structureOf, supercell, ZNO_A, znoBasal } from '../assembly/fixtures.ts';

/** Cell and atoms, in the plane only. */
export function widened({ latticeAngstrom, species, cartesianAngstrom }: Structure, factor: number): Structure {
  const cell = latticeAngstrom.map(([x, y, z]) => [x * factor, y * factor, z]);
  return {
    latticeAngstrom: cell as unknown as Matrix3, // three vectors of three, as they came
    species,
    cartesianAngstrom: cartesianAngstrom.map((each, at) => (at % 3 === 2 ? each : each * factor)),
  };
}

/** Hexagonal, 1×1. */
export function hexagonalCoating(aAngstrom: number): Structure {
  return widened(znoBasal(2, 25), aAngstrom / ZNO_A);
}

/** Hexagonal with this length although its atoms lie at half of it: one Zn of four in each plane is Mg. */
export function orderedCoating(aAngstrom: number): Structure {
  const cells = supercell(hexagonalCoating(aAngstrom / 2), 2, 2);
  // Atoms of one kind of place follow each other: every fourth is at the origin of the supercell.
  const species = cells.species.map((element, at) => (element === 'Zn' && at % 4 === 0 ? 'Mg' : element));
  return { ...cells, species };
}

export function zincCrystal(a: number, c: number): Structure {
  return structureOf(hexagonal(a, c), [
    ['Zn', [0, 0, 0]],
    ['Zn', [0, a / Math.sqrt(3), c / 2]],
  ]);
}
