import { describe, expect, it } from 'vitest';
import { siteMultiplicity } from '../../assembly/site-multiplicity.ts';
import type { Vector3 } from '../../model/lattice.ts';
import { hexagonal, structureOf, supercell, znoBasal } from './fixtures.ts';

/** Square planes of a simple cubic metal, 2.5 Å apart, repeated in the plane. */
const squareSlab = (n: number) =>
  supercell(
    structureOf(
      [
        [2.5, 0, 0],
        [0, 2.5, 0],
        [0, 0, 25],
      ],
      [
        ['Cu', [0, 0, 2]],
        ['Cu', [0, 0, 4.5]],
        ['Cu', [0, 0, 7]],
      ],
    ),
    n,
    n,
  );

describe('how many equivalent places a site has', () => {
  // By hand: the smallest cell of a square lattice holds one atom, one hollow, two bridges and eight general places.
  it.each([
    ['on top of an atom', [0, 0], 1],
    ['in a hollow', [0.5, 0.5], 1],
    ['on a bridge', [0.5, 0], 2],
    ['on the other bridge', [0, 0.5], 2],
    ['beside everything', [0.22, 0.37], 8],
  ] as const)('on a square face %s', (_, [u, v], perAtom) => {
    for (const n of [1, 2, 3]) {
      const place: Vector3 = [u / n, v / n, 0.4];
      expect(siteMultiplicity(squareSlab(n))(place)).toBe(perAtom);
    }
  });

  // By hand: 3m, one top, one hollow above each of the two lower stackings, three bridges per 1×1 cell.
  it.each([
    ['over O', [2 / 3, 1 / 3], 1],
    ['over Zn', [1 / 3, 2 / 3], 1],
    ['over neither', [0, 0], 1],
    ['on the bridge of two O', [2 / 3 + 0.5, 1 / 3], 3],
  ] as const)('on ZnO(0001) %s', (_, [u, v], perCell) => {
    const n = 2;
    const slab = supercell(znoBasal(3, 30), n, n);
    expect(siteMultiplicity(slab)([u / n, v / n, 0.5])).toBe(perCell);
  });

  it('is one where a slab has no symmetry but its lattice', () => {
    const slab = structureOf(hexagonal(5, 30), [
      ['Zn', [0, 0, 2]],
      ['O', [1.1, 0.3, 3.7]],
      ['S', [2.9, 1.7, 5.2]],
    ]);
    expect(siteMultiplicity(slab)([0.3, 0.1, 0.3])).toBe(1);
  });

  it('does not depend on where the cell is cut', () => {
    const moved = squareSlab(2);
    const shifted = structureOf(
      moved.latticeAngstrom,
      moved.species.map((element, atom) => [
        element,
        [
          (moved.cartesianAngstrom[3 * atom] ?? 0) + 1.3,
          (moved.cartesianAngstrom[3 * atom + 1] ?? 0) + 4.1,
          ((moved.cartesianAngstrom[3 * atom + 2] ?? 0) + 20) % 25,
        ],
      ]),
    );
    expect(siteMultiplicity(shifted)([1.3 / 5, 4.1 / 5, 0.2])).toBe(1);
  });
});
