/**
 * Potential below which the metal reduces a phase: 0 V of a coating that is stable in contact with it (SCIENCE §8).
 *
 * The mistake avoided here: a coating called stable because it holds none of the metal. It has no oxidation limit then, but
 * zinc oxide on lithium is reduced 1.3 V above lithium.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';
import { phaseInputs } from './shared/phase-diagram.ts';
import { limitsOf, metalInputs } from './shared/stability-limits.ts';

const UNIT = 'V';

const inputs = z.strictObject({ ...phaseInputs, ...metalInputs, uncertainty });

export const reductionLimit: DescriptorDefinition<typeof inputs> = {
  identifier: 'reduction-limit',
  version: 1,
  symbol: 'U_red',
  unit: UNIT,
  title: 'Potential against the metal below which it reduces a phase',
  sign: '0 = stable in contact with the metal; positive = reduced by it',
  formula: 'U_red = −(μ_M − μ_M°)/z at the upper end of the range of μ_M in which the phase is stable',
  reference: 'Zhu, He & Mo, ACS Appl. Mater. Interfaces 7, 23685 (2015); docs/science.md §8',
  group: 'stability and mechanics',
  better: 'lower',
  inScreening: true,
  aliases: [],
  example: {
    inputs: {
      metal: 'Li',
      energies: 'formation',
      phase: 'ZnO',
      phases: [
        { formula: 'ZnO', energyEv: -3.633 },
        { formula: 'Li2O', energyEv: -6.197 },
      ],
    },
    prints: '1.282',
    source:
      'by hand: ZnO + 2 Li → Zn + Li2O gains 6.197 − 3.633 eV for two electrons (standard enthalpies, CRC Handbook)',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { limits, parts, issues } = limitsOf(given);
  return descriptorResult({
    value: limits?.reduction.volt,
    unit: UNIT,
    convention: `against ${given.metal}; 0 = stable in contact`,
    uncertainty: propagated(given.uncertainty, limits?.reduction.uncertaintyVolt ?? 0),
    parts,
    issues,
  });
}
