import { describe, expect, it } from 'vitest';
import { facesAreEquivalent } from '../../../assembly/shared/slab-symmetry.ts';
import { dot, type Matrix3, type Vector3 } from '../../../model/lattice.ts';
import { position, type Structure } from '../../../model/structure.ts';
import {
  type Atom,
  hexagonal,
  moved,
  permuted,
  rotated,
  structureOf,
  supercell,
  translated,
  without,
  zincBasal,
  znoBasal,
  znoPrism,
} from '../fixtures.ts';

describe('the faces of a slab are equivalent', () => {
  it('by a mirror: hcp Zn(0001) with an odd number of planes', () => {
    expect(facesAreEquivalent(zincBasal(5, 30), 2)).toBe(true);
  });

  it('by inversion: hcp Zn(0001) with an even number of planes', () => {
    expect(facesAreEquivalent(zincBasal(6, 30), 2)).toBe(true);
  });

  it('by a screw axis in the plane: ZnO(10-10)', () => {
    expect(facesAreEquivalent(znoPrism(3, 30), 2)).toBe(true);
    expect(facesAreEquivalent(znoPrism(4, 30), 2)).toBe(true);
  });

  it('by a two-fold axis alone, along any direction of the cell', () => {
    // No mirror and no inversion: three atoms on a helix about the axis, which lies along b, along a − b or along 2a + b.
    for (const axis of [
      [0, 1],
      [1, -1],
      [2, 1],
    ] as const) {
      expect(facesAreEquivalent(helix(axis), 2)).toBe(true);
    }
  });

  it('when relaxed by up to 0.05 Å each, but not by half an Å', () => {
    const shaken = (amplitude: number) =>
      moved(supercell(zincBasal(5, 30), 2, 2), ([x, y, z], atom) => [
        x + amplitude * Math.sin(atom),
        y + amplitude * Math.sin(2.3 * atom),
        z + amplitude * Math.sin(1.7 * atom + 1),
      ]);
    expect(facesAreEquivalent(shaken(0.03), 2)).toBe(true);
    expect(facesAreEquivalent(shaken(0.5), 2)).toBe(false);
  });
});

describe('the faces of a slab differ', () => {
  it('when one ends with Zn and the other with O: ZnO(0001)', () => {
    expect(facesAreEquivalent(znoBasal(4, 30), 2)).toBe(false);
  });

  it('when the planes read alike but the atoms of one face sit elsewhere', () => {
    // A palindrome of planes: Zn, Zn, Zn at equal distances, the last one over the first (hcp) or beside it (faulted).
    const faulted = moved(supercell(zincBasal(3, 30), 2, 2), ([x, y, z], atom) => [x + (atom >= 8 ? 0.9 : 0), y, z]);
    expect(facesAreEquivalent(faulted, 2)).toBe(false);
  });

  it('when an atom is missing on one side', () => {
    expect(facesAreEquivalent(without(supercell(zincBasal(5, 30), 2, 2), 0), 2)).toBe(false);
  });

  it('when one face has moved out by 0.2 Å and the other is held', () => {
    const relaxed = moved(zincBasal(5, 30), ([x, y, z], atom) => [x, y, z + (atom === 4 ? 0.35 : 0)]);
    expect(facesAreEquivalent(relaxed, 2)).toBe(false);
  });
});

describe('the answer does not depend', () => {
  const symmetric = [zincBasal(6, 30), znoPrism(3, 30), helix([1, -1])];
  const asymmetric = [znoBasal(3, 30), without(supercell(zincBasal(5, 30), 2, 2), 0)];
  const cases: readonly (readonly [string, (slab: Structure) => Structure])[] = [
    ['on the place of the slab in the cell', (slab) => translated(slab, [1.1, 0.7, 22.3])],
    ['on the direction of the cell in space', (slab) => rotated(slab, 77)],
    ['on the order of the atoms', (slab) => permuted(slab, [...slab.species.keys()].reverse())],
    ['on the size of the cell', (slab) => supercell(slab, 2, 1)],
    ['on how the plane is spanned', (slab) => ({ ...slab, latticeAngstrom: sheared(slab.latticeAngstrom) })],
    ['on how far the third vector leans', leaning],
  ];
  for (const [what, change] of cases) {
    it(what, () => {
      for (const slab of symmetric) expect(facesAreEquivalent(change(slab), 2)).toBe(true);
      for (const slab of asymmetric) expect(facesAreEquivalent(change(slab), 2)).toBe(false);
    });
  }

  it('on which vector points out of the plane', () => {
    const [a, b, c] = znoPrism(3, 30).latticeAngstrom;
    expect(facesAreEquivalent({ ...znoPrism(3, 30), latticeAngstrom: [c, a, b] }, 0)).toBe(true);
    expect(facesAreEquivalent({ ...znoPrism(3, 30), latticeAngstrom: [b, c, a] }, 1)).toBe(true);
  });
});

it('two hundred atoms take less than a second', () => {
  const large = supercell(zincBasal(4, 30), 7, 7);
  const shaken = moved(large, ([x, y, z], atom) => [x, y, z + 0.15 * Math.sin(atom * atom)]);
  const start = performance.now();
  expect(facesAreEquivalent(large, 2)).toBe(true);
  expect(facesAreEquivalent(shaken, 2)).toBe(false);
  expect(facesAreEquivalent(supercell(znoBasal(4, 30), 5, 5), 2)).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});

/** Three kinds of atoms in a hexagonal cell that only a two-fold axis along i·a + j·b brings onto each other. */
function helix([i, j]: readonly [number, number]): Structure {
  const lattice = hexagonal(5, 25);
  const [a, b] = lattice;
  const along: Vector3 = [i * a[0] + j * b[0], i * a[1] + j * b[1], 0];
  const unit = 1 / Math.sqrt(dot(along, along));
  const half = (place: Vector3): Vector3 => {
    const projected = 2 * dot(place, along) * unit * unit;
    return [projected * along[0] - place[0], projected * along[1] - place[1], 20 - place[2]];
  };
  const places: readonly Atom[] = [
    ['O', [0.4, 0.9, 10.7]],
    ['Zn', [1.7, 0.3, 12.1]],
    ['S', [0.9, 2.1, 13.4]],
  ];
  return structureOf(
    lattice,
    places.flatMap(([element, place]): Atom[] => [
      [element, place],
      [element, half(place)],
    ]),
  );
}

function sheared([a, b, c]: Matrix3): Matrix3 {
  return [a, [b[0] + 3 * a[0], b[1] + 3 * a[1], b[2] + 3 * a[2]], c];
}

/** c leans by a vector of the plane that is no lattice vector; the slab is cut by the boundary. */
function leaning(slab: Structure): Structure {
  const [a, b, c] = slab.latticeAngstrom;
  const lattice: Matrix3 = [a, b, [c[0] + 0.37 * a[0] + 0.21 * b[0], c[1] + 0.37 * a[1] + 0.21 * b[1], c[2]]];
  const down = translated(slab, [0, 0, -3]);
  const atoms = slab.species.map((element, atom): Atom => {
    const [x, y, z] = position(down, atom);
    return [element, z < 0 ? [x + lattice[2][0], y + lattice[2][1], z + lattice[2][2]] : [x, y, z]];
  });
  return structureOf(lattice, atoms);
}
