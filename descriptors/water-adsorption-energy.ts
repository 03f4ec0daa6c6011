/**
 * Adsorption energy of water from the gas (SCIENCE §6.3): where water sticks, hydrogen evolution has its reactant.
 *
 * The mistake avoided here: water without dispersion. It is bound by 0.2 to 0.5 eV, of which dispersion is a large part,
 * so a value without it orders surfaces wrongly.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { energyPerAdsorbateEv } from './shared/energy-per-adsorbate.ts';
import { real, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.1;

const inputs = z.strictObject({
  adsorbedSlabEv: real('E_slab+nH2O', 'eV', 'energy(sigma->0) of the slab with its water'),
  slabEv: real('E_slab', 'eV', 'the clean slab in the same cell'),
  adsorbateCount: told(z.int().min(0), 'n', '', 'molecules in the cell, both sides together'),
  waterMoleculeEv: real('E_H2O', 'eV', 'the water molecule in a box'),
  dispersion: z.boolean().optional().describe('whether the energies contain dispersion (D3, vdW-DF)'),
  uncertainty,
});

export const waterAdsorptionEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'water-adsorption-energy',
  version: 1,
  symbol: 'ΔE_H2O',
  unit: UNIT,
  title: 'Adsorption energy of water, per molecule',
  sign: 'negative = bound',
  formula: 'ΔE_H2O = [E(slab+nH₂O) − E(slab) − n·E(H₂O)]/n',
  reference: 'docs/science.md §6.3',
  group: 'hydrogen evolution',
  better: 'higher',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    // By hand: −226.915678 + 212.345678 + 14.22 = −0.35.
    inputs: { adsorbedSlabEv: -226.915678, slabEv: -212.345678, adsorbateCount: 1, waterMoleculeEv: -14.22 },
    prints: '-0.350000',
    source: 'arithmetic by hand on the slab of docs/science.md §2.1',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  return descriptorResult({
    value: energyPerAdsorbateEv(given, given.waterMoleculeEv),
    unit: UNIT,
    convention: 'reference: H₂O gas; energy: sigma0; negative = bound',
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts: {},
    issues: [
      ...(given.adsorbateCount === 0 ? [issue('E_NO_ADSORBATE', {})] : []),
      ...(given.dispersion === false ? [issue('W_NO_DISPERSION', { adsorbate: 'water' })] : []),
    ],
  });
}
