import { describe, expect, it } from 'vitest';
import { slabGeometry } from '../../../assembly/shared/describe-slab.ts';
import {
  areaAcross,
  atomicLayers,
  largestGaps,
  perpendicularHeight,
  unwrappedSlab,
  widestAxis,
} from '../../../assembly/shared/slab-geometry.ts';
import type { Matrix3 } from '../../../model/lattice.ts';
import { position, type Structure } from '../../../model/structure.ts';
import { expectNear } from '../../near.ts';
import {
  cubic,
  hexagonal,
  moved,
  rotated,
  structureOf,
  supercell,
  translated,
  zincBasal,
  znoBasal,
  znoPrism,
} from '../fixtures.ts';

function geometryOf(structure: Structure) {
  const axis = widestAxis(structure);
  return slabGeometry(structure, largestGaps(structure)[axis]!);
}

describe('vacuum', () => {
  it('is measured along the normal, not along the inclined lattice vector', () => {
    // c leans by 60°: |c| = 40 but the planes are 20 Å apart. Atoms at heights 0 and 4, so 16 Å are empty.
    const leaning: Matrix3 = [
      [4, 0, 0],
      [0, 5, 0],
      [20 * Math.sqrt(3), 0, 20],
    ];
    const slab = structureOf(leaning, [
      ['Zn', [0, 0, 0]],
      ['Zn', [4 * Math.sqrt(3), 0, 4]],
    ]);
    const geometry = geometryOf(slab);
    expect(geometry.axis).toBe(2);
    expectNear(geometry.vacuumAngstrom, 16, 1e-12);
    expectNear(perpendicularHeight(leaning, 2), 20, 1e-12);
    expectNear(geometry.areaAngstrom2, 20, 1e-12);
  });

  it('of an orthogonal slab is the cell height without the slab', () => {
    // Two double planes from 1 Å to 1 + 2.60345 + 0.6144142 Å (SCIENCE §12.3: c = 5.2069, u = 0.382): 3.2178642 Å thick.
    expectNear(geometryOf(znoBasal(2, 25)).vacuumAngstrom, 25 - 3.2178642, 1e-9);
  });

  it('is found along a and along b as well', () => {
    const [a, b, c] = znoBasal(2, 25).latticeAngstrom;
    const atoms = znoBasal(2, 25);
    for (const [lattice, axis] of [
      [[c, a, b], 0],
      [[b, c, a], 1],
    ] as const) {
      const geometry = geometryOf({ ...atoms, latticeAngstrom: lattice });
      expect(geometry.axis).toBe(axis);
      expectNear(geometry.areaAngstrom2, 9.144579, 5e-7);
    }
  });

  it('does not depend on where the slab is cut by the cell boundary', () => {
    const whole = geometryOf(znoBasal(3, 24));
    for (const shift of [-3, -1.5, 7, 20, 23.99]) {
      const cut = geometryOf(translated(znoBasal(3, 24), [0.3, 0.2, shift]));
      expectNear(cut.vacuumAngstrom, whole.vacuumAngstrom, 1e-9);
      expect(cut.layers).toBe(6);
    }
  });

  it('around a single atom is the height of the box on every axis', () => {
    const gaps = largestGaps(structureOf(cubic(13), [['Li', [12.999, 0, 5]]]));
    for (const gap of gaps) expectNear(gap.gapAngstrom, 13, 1e-12);
  });
});

describe('the in-plane area', () => {
  it('of ZnO(0001) 1×1 is 9.144579 Å² and of ZnO(10-10) 1×1 16.919822 Å²', () => {
    // SCIENCE §4.2.
    expectNear(geometryOf(znoBasal(2, 25)).areaAngstrom2, 9.144579, 5e-7);
    expectNear(geometryOf(znoPrism(2, 25)).areaAngstrom2, 16.919822, 5e-7);
  });

  it('of a 3×3 cell of ZnO(0001) is 82.3012 Å²', () => {
    // SCIENCE §2.5.
    expectNear(geometryOf(supercell(znoBasal(2, 25), 3, 3)).areaAngstrom2, 82.3012, 5e-5);
  });

  it('is the same when the cell stands elsewhere in space', () => {
    expectNear(areaAcross(rotated(znoPrism(2, 25), 40).latticeAngstrom, 2), 16.919822, 5e-7);
  });
});

describe('atomic planes', () => {
  it('of ZnO(0001) are the Zn planes and the O planes, 0.6 Å apart', () => {
    // SCIENCE §4.1: they are two layers.
    expect(geometryOf(znoBasal(2, 25)).layers).toBe(4);
  });

  it('of an element are cut at gaps above 0.5 Å, of a compound above 0.3 Å', () => {
    const rumpled = (gap: number, other: string): number => {
      const slab = structureOf(hexagonal(3, 25), [
        ['Zn', [0, 0, 5]],
        [other, [1, 0.8, 5 + gap]],
      ]);
      return geometryOf(slab).layers;
    };
    expect(rumpled(0.45, 'Zn')).toBe(1);
    expect(rumpled(0.55, 'Zn')).toBe(2);
    expect(rumpled(0.28, 'O')).toBe(1);
    expect(rumpled(0.32, 'O')).toBe(2);
  });

  it('are listed from below, also when the slab goes across the boundary', () => {
    const slab = translated(zincBasal(3, 24), [0, 0, -3]);
    const layers = atomicLayers(slab, 2);
    expect(layers).toEqual([[0], [1], [2]]);
  });
});

describe('fixed planes', () => {
  const fixedBottomLayers = (fixed: number[], partly?: number): number | undefined => {
    const { latticeAngstrom, species } = zincBasal(4, 30);
    const slab = structureOf(
      latticeAngstrom,
      species.map((element, atom) => [element, position(zincBasal(4, 30), atom)]),
      fixed,
    );
    if (partly !== undefined) slab.selectiveDynamics?.set([0, 0, 1], 3 * partly);
    return geometryOf(slab).fixedBottomLayers;
  };

  it('are counted from the side that is held until the first plane that may move', () => {
    expect(fixedBottomLayers([0, 1])).toBe(2);
    expect(fixedBottomLayers([0, 2])).toBe(1);
    expect(fixedBottomLayers([1, 2, 3])).toBe(3);
    expect(fixedBottomLayers([1, 2])).toBe(0);
    expect(fixedBottomLayers([])).toBe(0);
    expect(fixedBottomLayers([0, 1, 2, 3])).toBe(4);
  });

  it('move along the normal only: not fixed', () => {
    expect(fixedBottomLayers([0, 1], 1)).toBe(1);
  });

  it('are not known without flags', () => {
    expect(geometryOf(zincBasal(4, 30))).not.toHaveProperty('fixedBottomLayers');
  });
});

describe('a slab in one piece', () => {
  it('moves an atom sideways when it crosses the boundary of a skewed cell', () => {
    // c = (6, 0, 20): the atom at height 19 is one below the one at 0, and 6 Å to the side of where it stands.
    const lattice: Matrix3 = [
      [10, 0, 0],
      [0, 10, 0],
      [6, 0, 20],
    ];
    const cut = structureOf(lattice, [
      ['O', [1, 1, 0]],
      ['Zn', [8, 1, 19]],
    ]);
    const { cartesianAngstrom, heightsAngstrom } = unwrappedSlab(cut, 2);
    const [upper, lower] = cartesianAngstrom;
    // By hand: the O is one cell up, at (7, 1, 20), above the Zn at (8, 1, 19).
    expect([...heightsAngstrom].map((height) => height.toFixed(9))).toEqual(['1.000000000', '0.000000000']);
    expectNear(upper![0] - lower![0], -1, 1e-12);
  });

  it('keeps all distances within it', () => {
    const slab = znoBasal(3, 24);
    const cut = translated(slab, [0, 0, -3]);
    const wrapped = moved(cut, ([x, y, z]) => [x, y, z < 0 ? z + 24 : z]);
    const { cartesianAngstrom } = unwrappedSlab(wrapped, 2);
    for (const [atom, place] of cartesianAngstrom.entries()) {
      const expected = position(slab, atom);
      expectNear(place[2] - cartesianAngstrom[0]![2], expected[2] - position(slab, 0)[2], 1e-9);
    }
  });
});
