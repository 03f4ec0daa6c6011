/**
 * Electrochemical window of a phase against the metal: the range of potentials in which it neither takes up metal nor
 * loses it (SCIENCE §8; grand potential in μ of the metal).
 *
 * The mistake avoided here: the window of the electrons (a band gap) taken for that of the material. A coating with a wide
 * gap is still reduced by the metal when a mixture of other phases and the metal lies lower.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';
import { phaseInputs } from './shared/phase-diagram.ts';
import { limitsOf, metalInputs } from './shared/stability-limits.ts';

const UNIT = 'V';

const inputs = z.strictObject({ ...phaseInputs, ...metalInputs, uncertainty });

export const electrochemicalWindow: DescriptorDefinition<typeof inputs> = {
  identifier: 'electrochemical-window',
  version: 1,
  symbol: 'ΔU',
  unit: UNIT,
  title: 'Electrochemical window: width of the range of potentials in which a phase is stable',
  sign: 'positive; wider = stable in more cells',
  formula: 'ΔU = U_ox − U_red, U = −(μ_M − μ_M°)/z at the ends of the range of μ_M in which the phase is stable',
  reference:
    'Zhu, He & Mo, ACS Appl. Mater. Interfaces 7, 23685 (2015); Richards et al., Chem. Mater. 28, 266 (2016); ' +
    'docs/science.md §8',
  group: 'stability and mechanics',
  better: 'higher',
  inScreening: true,
  aliases: [],
  example: {
    // Li2O 597.94, Li2O2 634.3 kJ/mol: 2 Li2O → Li2O2 + 2 Li costs 561.58 kJ for two electrons.
    inputs: {
      metal: 'Li',
      energies: 'formation',
      phase: 'Li2O',
      phases: [
        { formula: 'Li2O', energyEv: -6.19721 },
        { formula: 'Li2O2', energyEv: -6.57406 },
      ],
    },
    prints: '2.91018',
    parts: { reductionLimitVolt: '0', oxidationLimitVolt: '2.91018' },
    source: 'by hand from standard enthalpies of formation (CRC Handbook): (2·6.19721 − 6.57406)/2 V',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { limits, parts, issues } = limitsOf(given);
  const { reduction, oxidation } = limits ?? {};
  const open: Issue[] =
    limits === undefined || oxidation !== undefined ? [] : [issue('E_NO_METAL', { metal: given.metal })];
  return descriptorResult({
    value: reduction === undefined || oxidation === undefined ? undefined : oxidation.volt - reduction.volt,
    unit: UNIT,
    convention: `against ${given.metal}; μ of the other elements by their amounts`,
    uncertainty: propagated(given.uncertainty, reduction?.uncertaintyVolt ?? 0, oxidation?.uncertaintyVolt ?? 0),
    parts,
    issues: [...issues, ...open],
  });
}
