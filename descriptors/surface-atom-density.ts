/**
 * Atoms per area of a face (SCIENCE §4.10): what a monolayer is.
 *
 * The mistake avoided here: the area of a supercell with the atoms of one small cell.
 */
import { z } from 'zod';
import { ELEMENTARY_CHARGE_COULOMB } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { count, positive, uncertainty } from './shared/inputs.ts';

const UNIT = 'nm⁻²';
const ANGSTROM2_PER_NM2 = 100;
const ANGSTROM2_PER_CM2 = 1e16;
const COULOMB_PER_MAH = 3.6;

const inputs = z.strictObject({
  areaAngstrom2: positive('A', 'Å²', 'area of the cell in the plane of the face'),
  atoms: count('n', 'atoms (or sites) of the outermost plane in that area').default(1),
  ionCharge: count('z', 'charge of the ion, for the capacity of a monolayer: 1 Li, 2 Zn').optional(),
  uncertainty,
});

export const surfaceAtomDensity: DescriptorDefinition<typeof inputs> = {
  identifier: 'surface-atom-density',
  version: 1,
  symbol: 'ρ_s',
  unit: UNIT,
  title: 'Atoms per area of a face',
  sign: 'positive',
  formula: 'ρ_s = n/A; a monolayer of ions of charge z holds q = z·e·ρ_s',
  reference: 'docs/science.md §4.10',
  group: 'surface',
  better: 'none',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { areaAngstrom2: 6.150707 },
    prints: '16.2583',
    source: 'docs/science.md §4.10: Zn(0001)',
  },
  inputs,
  compute,
};

function compute({ areaAngstrom2, atoms, ionCharge, uncertainty: given }: z.output<typeof inputs>): DescriptorResult {
  const perAngstrom2 = atoms / areaAngstrom2;
  return descriptorResult({
    value: perAngstrom2 * ANGSTROM2_PER_NM2,
    unit: UNIT,
    convention: 'per area of one face',
    uncertainty: propagated(given),
    parts: {
      monolayerMahPerCm2:
        ionCharge === undefined
          ? undefined
          : (perAngstrom2 * ANGSTROM2_PER_CM2 * ionCharge * ELEMENTARY_CHARGE_COULOMB) / COULOMB_PER_MAH,
    },
    issues: [],
  });
}
