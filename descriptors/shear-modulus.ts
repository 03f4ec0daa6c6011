/**
 * Shear modulus of a material from its elastic tensor (SCIENCE §8): what a coating holds against the protrusions of the
 * metal, and the criterion of the ranking example of §10.4.
 *
 * The mistake avoided here: C44 called the shear modulus. It is that of one plane of the crystal; of zinc it is 39 GPa where
 * C66 is 66.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';
import { halfDistanceGpa, polycrystal } from './shared/polycrystal.ts';
import { elasticInputs, stiffnessOf } from './shared/stiffness.ts';

const UNIT = 'GPa';

const inputs = z.strictObject({ ...elasticInputs, uncertainty });

export const shearModulus: DescriptorDefinition<typeof inputs> = {
  identifier: 'shear-modulus',
  version: 1,
  symbol: 'G',
  unit: UNIT,
  title: 'Shear modulus of a polycrystal',
  sign: 'positive; a material without is mechanically unstable',
  formula: 'G = (G_V + G_R)/2; 1σ = half the distance of the bounds',
  reference: 'Hill, Proc. Phys. Soc. A 65, 349 (1952); docs/science.md §8',
  group: 'stability and mechanics',
  better: 'higher',
  inScreening: true,
  aliases: [],
  example: {
    inputs: { crystal: 'cubic', c11Gpa: 625, c12Gpa: 165, c44Gpa: 163 },
    prints: '187.1490',
    parts: { pughRatio: '1.700962' },
    source: 'docs/science.md §8: TiN',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { stiffnessGpa, issues } = stiffnessOf(given);
  const moduli = stiffnessGpa === undefined ? undefined : polycrystal(stiffnessGpa);
  return descriptorResult({
    value: moduli?.shear.hillGpa,
    unit: UNIT,
    convention: 'Voigt–Reuss–Hill',
    uncertainty: propagated(given.uncertainty, moduli === undefined ? 0 : halfDistanceGpa(moduli.shear)),
    parts: {
      shearModulusVoigtGpa: moduli?.shear.voigtGpa,
      shearModulusReussGpa: moduli?.shear.reussGpa,
      pughRatio: moduli?.pughRatio,
    },
    issues,
  });
}
