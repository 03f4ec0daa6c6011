/**
 * Primitive lattice, point group and conventional axes of bulks against moyo (spglib's successor) 0.15.0 at a tolerance of
 * 0.1 Å, setting "Standard": its answers are kept here (docs/decisions/0010).
 */
import { describe, expect, it } from 'vitest';
import { bulkOf } from '../../assembly/identify-facet.ts';
import type { CrystalFamily } from '../../assembly/shared/crystal-axes.ts';
import { lengths, volume } from '../../model/lattice.ts';
import { expectNear } from '../near.ts';
import {
  BADDELEYITE,
  CALCITE,
  COPPER,
  GRAPHITE,
  KAOLINITE,
  LITHIUM,
  QUARTZ,
  RUTILE,
  TITANIUM_NITRIDE,
  ZINC,
  ZINC_OXIDE,
  ZINC_SELENIDE,
} from './bulk-crystals.ts';

const crystals = {
  ZINC,
  LITHIUM,
  COPPER,
  TITANIUM_NITRIDE,
  ZINC_SELENIDE,
  ZINC_OXIDE,
  RUTILE,
  CALCITE,
  BADDELEYITE,
  KAOLINITE,
  GRAPHITE,
  QUARTZ,
};

type Told = readonly [
  name: keyof typeof crystals,
  spaceGroup: number,
  symbol: string,
  rotations: number,
  primitiveVolumeAngstrom3: number,
  standardLengthsAngstrom: readonly [number, number, number],
];

const MOYO: readonly Told[] = [
  ['ZINC', 194, 'P6_3/mmc', 24, 30.428, [2.665, 2.665, 4.947]],
  ['LITHIUM', 229, 'Im-3m', 48, 21.622, [3.51, 3.51, 3.51]],
  ['COPPER', 225, 'Fm-3m', 48, 11.809, [3.615, 3.615, 3.615]],
  ['TITANIUM_NITRIDE', 225, 'Fm-3m', 48, 19.083, [4.242, 4.242, 4.242]],
  ['ZINC_SELENIDE', 216, 'F-43m', 24, 45.513, [5.668, 5.668, 5.668]],
  ['ZINC_OXIDE', 186, 'P6_3mc', 12, 47.615, [3.2495, 3.2495, 5.207]],
  ['RUTILE', 136, 'P4_2/mnm', 16, 62.435, [4.594, 4.594, 2.959]],
  ['CALCITE', 167, 'R-3c', 12, 122.628, [4.99, 4.99, 17.06]],
  ['BADDELEYITE', 14, 'P2_1/c', 4, 140.881, [5.151, 5.212, 5.317]],
  ['KAOLINITE', 1, 'P1', 1, 164.344, [5.152, 5.153, 7.391]],
  ['GRAPHITE', 194, 'P6_3/mmc', 24, 35.184, [2.461, 2.461, 6.708]],
  ['QUARTZ', 152, 'P3_121', 6, 113.131, [4.916, 4.916, 5.405]],
];

describe('the symmetry of a bulk', () => {
  for (const [name, spaceGroup, symbol, rotations, primitiveVolume, standardLengths] of MOYO) {
    it(`of ${name} is that of ${symbol}`, () => {
      const found = bulkOf(crystals[name]);
      expect(found?.axes.family).toBe(familyOf(spaceGroup));
      expect(found?.crystal.rotations).toHaveLength(rotations);
      expectNear(volume(found!.crystal.primitive), primitiveVolume, 1e-3);
      for (const [axis, length] of standardLengths.entries()) {
        expectNear(lengths(found!.axes.lattice)[axis], length, 1e-3);
      }
    });
  }
});

/** By the numbers of International Tables A; rhombohedral crystals have hexagonal axes. */
function familyOf(spaceGroup: number): CrystalFamily {
  if (spaceGroup <= 2) return 'triclinic';
  if (spaceGroup <= 15) return 'monoclinic';
  if (spaceGroup <= 74) return 'orthorhombic';
  if (spaceGroup <= 142) return 'tetragonal';
  return spaceGroup <= 194 ? 'hexagonal' : 'cubic';
}
