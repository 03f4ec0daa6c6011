import { describe, expect, it } from 'vitest';
import { slabGeometry } from '../../../assembly/shared/describe-slab.ts';
import { largestGaps } from '../../../assembly/shared/slab-geometry.ts';
import type { Vector3 } from '../../../model/lattice.ts';
import type { Structure } from '../../../model/structure.ts';
import type { SlabGeometry } from '../../../model/system.ts';
import {
  type Atom,
  cubic,
  moved,
  permuted,
  rotated,
  structureOf,
  supercell,
  translated,
  withAtoms,
  zincBasal,
  znoBasal,
  znoPrism,
} from '../fixtures.ts';

function geometryOf(structure: Structure): SlabGeometry {
  const [, , across] = largestGaps(structure);
  if (across === undefined) throw new Error('no gap along c');
  return slabGeometry(structure, across);
}

/** Rocksalt (111): planes of cations and anions in turn, evenly spaced; MgO, a = 4.21 Å, so 1.215 Å. */
function rocksalt111(planes: number): Structure {
  const side = 4.21 / Math.SQRT2;
  const atoms = Array.from({ length: planes }, (_, plane): Atom => {
    const third = plane % 3;
    return [
      plane % 2 === 0 ? 'Mg' : 'O',
      [(third * side) / 2, (third * side) / (2 * Math.sqrt(3)), 1 + plane * 1.2153],
    ];
  });
  const lattice = [
    [side, 0, 0],
    [side / 2, (side * Math.sqrt(3)) / 2, 0],
    [0, 0, 40],
  ] as const;
  return structureOf(lattice, atoms);
}

/** Perovskite (001): AO and BO2 planes in turn. */
function perovskite001(planes: number): Structure {
  const a = 3.905;
  const atoms = Array.from({ length: planes }, (_, plane): Atom[] => {
    const z = 1 + (plane * a) / 2;
    return plane % 2 === 0
      ? [
          ['Sr', [0, 0, z]],
          ['O', [a / 2, a / 2, z]],
        ]
      : [
          ['Ti', [a / 2, a / 2, z]],
          ['O', [a / 2, 0, z]],
          ['O', [0, a / 2, z]],
        ];
  });
  return structureOf(
    [
      [a, 0, 0],
      [0, a, 0],
      [0, 0, 50],
    ],
    atoms.flat(),
  );
}

const lithiumOn = (slab: Structure, place: Vector3): Structure => withAtoms(slab, [['Li', place]]);

describe('a polar stacking', () => {
  it('is that of wurtzite (0001), whose double planes point up', () => {
    const shown = geometryOf(znoBasal(4, 40));
    expect(shown).toMatchObject({ polar: true, symmetric: false, terminations: { top: 'O', bottom: 'Zn' } });
  });

  it('is that of stoichiometric rocksalt (111), not of the one with a metal plane on either side', () => {
    expect(geometryOf(rocksalt111(8))).toMatchObject({ polar: true, terminations: { top: 'O', bottom: 'Mg' } });
    expect(geometryOf(rocksalt111(9))).toMatchObject({ polar: false, symmetric: true });
  });

  it('remains polar under an adsorbate and in a thin slab', () => {
    const slab = supercell(znoBasal(3, 40), 2, 2);
    expect(geometryOf(lithiumOn(slab, [1, 1, 9]))).toMatchObject({ polar: true, terminations: { top: 'Li' } });
    expect(geometryOf(znoBasal(1, 40)).polar).toBe(true);
  });

  it('is told wherever the slab is cut, however it is turned and listed', () => {
    const slab = supercell(znoBasal(4, 40), 2, 1);
    const changed = [
      translated(slab, [0.3, -0.2, 33.3]),
      rotated(slab, 37),
      permuted(slab, [...slab.species.keys()].reverse()),
      supercell(slab, 1, 3),
    ];
    for (const other of changed) expect(geometryOf(other)).toMatchObject({ polar: true, terminations: { top: 'O' } });
  });
});

describe('unlike faces are not polar', () => {
  it('when an adsorbate or a relaxed side is all that tells them apart', () => {
    const slab = supercell(znoPrism(4, 40), 2, 1);
    const relaxed = moved(slab, ([x, y, z]) => [x, y, z > 10 ? z + 0.15 : z]);
    expect(geometryOf(slab)).toMatchObject({
      symmetric: true,
      polar: false,
      terminations: { top: 'ZnO', bottom: 'ZnO' },
    });
    expect(geometryOf(lithiumOn(slab, [1, 1, 14.5]))).toMatchObject({ symmetric: false, polar: false });
    expect(geometryOf(relaxed)).toMatchObject({ symmetric: false, polar: false });
  });

  it('in a metal', () => {
    expect(geometryOf(lithiumOn(supercell(zincBasal(4, 40), 2, 2), [0, 0, 11])).polar).toBe(false);
  });

  it('when planes of both kinds hold anions and cations: their charges are not known', () => {
    expect(geometryOf(perovskite001(6))).toMatchObject({
      symmetric: false,
      polar: false,
      terminations: { top: 'TiO2', bottom: 'SrO' },
    });
  });
});

describe('the side that is held', () => {
  const sideOf = (fixed: number[]): unknown => {
    const slab = zincBasal(4, 30);
    const atoms = slab.species.map((element, at): Atom => {
      const [x = 0, y = 0, z = 0] = slab.cartesianAngstrom.subarray(3 * at, 3 * at + 3);
      return [element, [x, y, z]];
    });
    return geometryOf(structureOf(slab.latticeAngstrom, atoms, fixed)).heldSide;
  };

  it('is below, above, or both; none without fixed planes', () => {
    expect(sideOf([0, 1])).toBe('bottom');
    expect(sideOf([2, 3])).toBe('top');
    expect(sideOf([0, 3])).toBe('both');
    expect(sideOf([1])).toBeUndefined();
    expect(geometryOf(structureOf(cubic(20), [['Li', [0, 0, 0]]]))).not.toHaveProperty('heldSide');
  });
});
