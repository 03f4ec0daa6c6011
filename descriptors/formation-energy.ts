/**
 * Formation energy of a compound from its elements, per atom (SCIENCE §8).
 *
 * The mistakes avoided here: an element left out of the sum, which looks like a very stable compound; and a value per cell
 * or per formula unit beside values per atom.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated, uncertaintyOf } from './shared/descriptor-result.ts';
import { real, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV/atom';
/**
 * Mean absolute error of 1670 compounds against measured ones, 0.096 eV per atom (Kirklin et al., npj Comput. Mater. 1, 15010,
 * 2015), as the 1σ of a normal distribution: times √(π/2).
 */
const DEFAULT_UNCERTAINTY_EV_PER_ATOM = 0.12;

const inputs = z.strictObject({
  totalEv: real('E', 'eV', 'energy of the compound, of all the atoms counted in atoms'),
  atoms: told(
    z
      .record(z.string(), z.number().positive())
      .refine((counts) => Object.keys(counts).length > 0, 'at least one element'),
    'n',
    '',
    'atoms of each element in the compound: {"Li": 1, "Zn": 1}',
  ),
  chemicalPotentialsEv: told(
    z.record(z.string(), z.number()),
    'μ',
    'eV',
    'energy per atom of each element in its reference state: {"Li": −1.9056, "Zn": −1.2594}',
  ),
  totalUncertaintyEv: z.number().positive().optional().describe('1σ of the energy of the compound'),
  potentialUncertaintyEv: z.number().positive().optional().describe('1σ of each of the chemical potentials'),
  uncertainty,
});

export const formationEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'formation-energy',
  version: 1,
  symbol: 'ΔE_f',
  unit: UNIT,
  title: 'Formation energy from the elements, per atom',
  sign: 'negative = the compound is more stable than its elements',
  formula: 'ΔE_f = (E − Σ n_i·μ_i)/N, N = Σ n_i',
  reference: 'docs/science.md §8',
  group: 'stability and mechanics',
  better: 'lower',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV_PER_ATOM,
  aliases: [],
  example: {
    inputs: { totalEv: -3.4905, atoms: { Li: 1, Zn: 1 }, chemicalPotentialsEv: { Li: -1.9056, Zn: -1.2594 } },
    prints: '-0.162750',
    source: 'docs/science.md §8: LiZn',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { atoms, chemicalPotentialsEv: potentials, totalUncertaintyEv = 0, potentialUncertaintyEv = 0 } = given;
  const entries = Object.entries(atoms);
  const atomCount = entries.reduce((sum, [, count]) => sum + count, 0);
  const issues: Issue[] = [];
  let elementsEv = 0;
  for (const [element, count] of entries) {
    const potentialEv = potentials[element];
    if (potentialEv === undefined)
      issues.push(issue('E_REFERENCE_MISSING', { needed: `chemical potential of ${element}` }));
    else elementsEv += count * potentialEv;
  }
  const totalEv = issues.length === 0 ? given.totalEv - elementsEv : undefined;
  return descriptorResult({
    value: totalEv === undefined ? undefined : totalEv / atomCount,
    unit: UNIT,
    convention: 'per atom; negative = stable against the elements',
    uncertainty:
      totalUncertaintyEv === 0 && potentialUncertaintyEv === 0
        ? uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV_PER_ATOM)
        : propagated(
            given.uncertainty,
            totalUncertaintyEv / atomCount,
            ...entries.map(([, count]) => (count / atomCount) * potentialUncertaintyEv),
          ),
    parts: { formationEnergyOfAllAtomsEv: totalEv, atomCount },
    issues,
  });
}
