/**
 * Deposition energy of the ion at a potential: the computational metal electrode (SCIENCE §2.3).
 *
 * M^z+ + z e⁻ ⇌ M(s) is in equilibrium at U = 0 against M/M^z+, so the ion never has to be calculated. The mistake avoided
 * here: a bare cation in a periodic cell as reference, whose energy depends on the cell.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { count, real, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.1;

const inputs = z.strictObject({
  nucleationDrivingForceEv: real('ΔE_nuc', 'eV', 'adsorption energy relative to the bulk metal'),
  chargeNumber: count('z', 'charge of the ion'),
  potentialVolt: real('U', 'V', 'potential against the metal electrode (M/M^z+)').default(0),
  uncertainty,
});

export const depositionEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'deposition-energy',
  version: 1,
  symbol: 'ΔE_dep',
  unit: UNIT,
  title: 'Deposition energy of the ion on the facet at a potential',
  sign: 'negative = the ion is deposited',
  formula: 'ΔE_dep(U) = ΔE_nuc + z·U; U_upd = −ΔE_nuc/z',
  reference: 'in the manner of Nørskov et al., J. Electrochem. Soc. 152, J23 (2005); docs/science.md §2.3',
  group: 'adsorption',
  better: 'profile',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    inputs: { nucleationDrivingForceEv: -0.5, chargeNumber: 2, potentialVolt: 0 },
    prints: '-0.50',
    parts: { underpotentialShiftVolt: '0.25' },
    source: 'docs/science.md §2.3',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { nucleationDrivingForceEv, chargeNumber, potentialVolt } = given;
  return descriptorResult({
    value: nucleationDrivingForceEv + chargeNumber * potentialVolt,
    unit: UNIT,
    convention: `U = ${potentialVolt} V against M/M^${chargeNumber}+; negative = deposited; no solvation`,
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts: { underpotentialShiftVolt: -nucleationDrivingForceEv / chargeNumber },
    issues: [issue('W_NO_SOLVATION', {})],
  });
}
