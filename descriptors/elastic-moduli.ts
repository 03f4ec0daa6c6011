/**
 * Elastic moduli of a material from its elastic tensor: bulk, shear and Young's modulus, Poisson's ratio, Pugh's ratio,
 * anisotropy and mechanical stability (SCIENCE §8). The value is the bulk modulus.
 *
 * The mistakes avoided here: the tensor of VASP read in Voigt's order; moduli of a structure that no crystal can have,
 * because some strain lowers its energy; and moduli of a slab, which shrink with the vacuum.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';
import { halfDistanceGpa, type Polycrystal, PUGH_LIMIT, polycrystal } from './shared/polycrystal.ts';
import { elasticInputs, stiffnessOf } from './shared/stiffness.ts';

const UNIT = 'GPa';

const inputs = z.strictObject({ ...elasticInputs, uncertainty });

export const elasticModuli: DescriptorDefinition<typeof inputs> = {
  identifier: 'elastic-moduli',
  version: 1,
  symbol: 'K',
  unit: UNIT,
  title: 'Elastic moduli of a polycrystal; the value is the bulk modulus',
  sign: 'positive; a material without is mechanically unstable',
  formula:
    'K = (K_V + K_R)/2, G = (G_V + G_R)/2, E = 9KG/(3K + G), ν = (3K − 2G)/(6K + 2G), ' +
    'A_U = 5G_V/G_R + K_V/K_R − 6; 1σ = half the distance of the bounds',
  reference:
    'Hill, Proc. Phys. Soc. A 65, 349 (1952); Pugh, Phil. Mag. 45, 823 (1954); Ranganathan & Ostoja-Starzewski, PRL ' +
    '101, 055504 (2008); docs/science.md §8',
  group: 'stability and mechanics',
  better: 'none',
  inScreening: true,
  aliases: [],
  example: {
    inputs: { crystal: 'hexagonal', c11Gpa: 163, c12Gpa: 30.6, c13Gpa: 48.1, c33Gpa: 60.3, c44Gpa: 39.4 },
    prints: '64.4780',
    parts: {
      shearModulusGpa: '40.8165',
      youngModulusGpa: '101.1136',
      poissonRatio: '0.238635',
      pughRatio: '1.579703',
      universalAnisotropy: '1.780850',
      bulkModulusVoigtGpa: '71.1',
      bulkModulusReussGpa: '57.855993',
      shearModulusVoigtGpa: '46.3',
      shearModulusReussGpa: '35.333066',
    },
    source: 'docs/science.md §8: zinc, constants of Ledbetter (1977)',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { stiffnessGpa, parts, issues } = stiffnessOf(given);
  const moduli = stiffnessGpa === undefined ? undefined : polycrystal(stiffnessGpa);
  return descriptorResult({
    value: moduli?.bulk.hillGpa,
    unit: UNIT,
    convention: 'Voigt–Reuss–Hill',
    uncertainty: propagated(given.uncertainty, moduli === undefined ? 0 : halfDistanceGpa(moduli.bulk)),
    parts: { ...(moduli !== undefined && moduliParts(moduli)), ...parts },
    issues,
  });
}

function moduliParts({ bulk, shear, ...others }: Polycrystal) {
  return {
    shearModulusGpa: shear.hillGpa,
    ...others,
    fracture: others.pughRatio > PUGH_LIMIT ? 'ductile' : 'brittle',
    bulkModulusVoigtGpa: bulk.voigtGpa,
    bulkModulusReussGpa: bulk.reussGpa,
    shearModulusVoigtGpa: shear.voigtGpa,
    shearModulusReussGpa: shear.reussGpa,
  };
}
