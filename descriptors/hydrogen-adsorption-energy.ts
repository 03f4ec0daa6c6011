/**
 * Adsorption energy of hydrogen relative to half a molecule of H₂ (SCIENCE §6.1).
 *
 * The mistake avoided here: a value relative to the free H atom, which lies 2.2 eV above ½H₂ and makes every surface look
 * covered with hydrogen.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { energyPerAdsorbateEv } from './shared/energy-per-adsorbate.ts';
import { HYDROGEN_UNCERTAINTY_EV } from './shared/hydrogen.ts';
import { real, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';

const inputs = z.strictObject({
  adsorbedSlabEv: real('E_slab+nH', 'eV', 'energy(sigma->0) of the slab with its hydrogen'),
  slabEv: real('E_slab', 'eV', 'the clean slab in the same cell'),
  adsorbateCount: told(z.int().min(0), 'n', '', 'hydrogen atoms in the cell, both sides together'),
  hydrogenMoleculeEv: real('E_H2', 'eV', 'the H₂ molecule in a box'),
  uncertainty,
});

export const hydrogenAdsorptionEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'hydrogen-adsorption-energy',
  version: 1,
  symbol: 'ΔE_H',
  unit: UNIT,
  title: 'Adsorption energy of hydrogen, per atom, relative to ½H₂',
  sign: 'negative = bound more strongly than in H₂',
  formula: 'ΔE_H = [E(slab+nH) − E(slab) − (n/2)·E(H₂)]/n',
  reference: 'Nørskov et al., J. Electrochem. Soc. 152, J23 (2005); docs/science.md §6.1',
  group: 'hydrogen evolution',
  better: 'profile',
  inScreening: false,
  defaultUncertainty: HYDROGEN_UNCERTAINTY_EV,
  aliases: [],
  example: {
    // By hand: −219.357678 + 212.345678 = −7.012; −7.012/2 + 6.772/2 = −0.12.
    inputs: { adsorbedSlabEv: -219.357678, slabEv: -212.345678, adsorbateCount: 2, hydrogenMoleculeEv: -6.772 },
    prints: '-0.120000',
    source: 'arithmetic by hand towards the ΔE_H of docs/science.md §6.1',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  return descriptorResult({
    value: energyPerAdsorbateEv(given, given.hydrogenMoleculeEv / 2),
    unit: UNIT,
    convention: 'reference: ½H₂; energy: sigma0; negative = bound',
    uncertainty: uncertaintyOf(given.uncertainty, HYDROGEN_UNCERTAINTY_EV),
    parts: {},
    issues: given.adsorbateCount === 0 ? [issue('E_NO_ADSORBATE', {})] : [],
  });
}
