/**
 * Deposition of the metal against that of hydrogen: ΔE_dep − ΔG_H* (SCIENCE §6.3).
 *
 * Both are relative to what they form (bulk metal, H₂ gas). The mistake avoided here: comparing an adsorption energy
 * relative to the free metal atom with one relative to the H₂ molecule.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { HYDROGEN_UNCERTAINTY_EV } from './shared/hydrogen.ts';
import { atLeastZero, real, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
/** 1σ of an adsorption energy (SCIENCE §10.5). */
const DEPOSITION_UNCERTAINTY_EV = 0.1;

const inputs = z.strictObject({
  depositionEnergyEv: real('ΔE_dep', 'eV', 'deposition energy of the metal ion at its potential; ΔE_nuc at U = 0'),
  freeEnergyEv: real('ΔG_H*', 'eV', 'free energy of adsorbed hydrogen, at its potential and pH'),
  depositionUncertaintyEv: atLeastZero('σ_dep', 'eV', '1σ of ΔE_dep').default(DEPOSITION_UNCERTAINTY_EV),
  freeEnergyUncertaintyEv: atLeastZero('σ_H', 'eV', '1σ of ΔG_H*').default(HYDROGEN_UNCERTAINTY_EV),
  uncertainty,
});

export const depositionSelectivity: DescriptorDefinition<typeof inputs> = {
  identifier: 'deposition-selectivity',
  version: 1,
  symbol: 'ΔΔ',
  unit: UNIT,
  title: 'Selectivity: metal deposition against hydrogen adsorption',
  sign: 'negative = the metal is deposited rather than hydrogen adsorbed',
  formula: 'ΔΔ = ΔE_dep − ΔG_H*',
  reference: 'docs/science.md §6.3',
  group: 'hydrogen evolution',
  better: 'lower',
  inScreening: true,
  aliases: [],
  example: {
    // By hand: −0.50 − 0.12 = −0.62.
    inputs: { depositionEnergyEv: -0.5, freeEnergyEv: 0.12 },
    prints: '-0.62',
    source: 'difference by hand of the values of docs/science.md §2.3 and §6.1',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  return descriptorResult({
    value: given.depositionEnergyEv - given.freeEnergyEv,
    unit: UNIT,
    convention: 'per adatom; negative = selective for the metal; no solvation',
    uncertainty: propagated(given.uncertainty, given.depositionUncertaintyEv, given.freeEnergyUncertaintyEv),
    parts: { depositionEnergyEv: given.depositionEnergyEv, hydrogenFreeEnergyEv: given.freeEnergyEv },
    issues: [issue('W_NO_SOLVATION', {})],
  });
}
