/**
 * Adsorption energy of hydroxyl relative to H₂O and H₂ (the references of SCIENCE §6.1 and §6.3).
 *
 * The mistake avoided here: the OH radical as reference. It is a poor molecule for semilocal functionals; H₂O − ½H₂ is
 * what water on the surface becomes when it is split, and the one the hydrogen electrode is defined with.
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
  adsorbedSlabEv: real('E_slab+nOH', 'eV', 'energy(sigma->0) of the slab with its hydroxyl'),
  slabEv: real('E_slab', 'eV', 'the clean slab in the same cell'),
  adsorbateCount: told(z.int().min(0), 'n', '', 'OH in the cell, both sides together'),
  waterMoleculeEv: real('E_H2O', 'eV', 'the water molecule in a box'),
  hydrogenMoleculeEv: real('E_H2', 'eV', 'the H₂ molecule in a box'),
  uncertainty,
});

export const hydroxylAdsorptionEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'hydroxyl-adsorption-energy',
  version: 1,
  symbol: 'ΔE_OH',
  unit: UNIT,
  title: 'Adsorption energy of hydroxyl, per OH, relative to H₂O and H₂',
  sign: 'negative = water splits on the surface and gives hydrogen off',
  formula: 'ΔE_OH = [E(slab+nOH) − E(slab)]/n − E(H₂O) + ½E(H₂)',
  reference: 'references as in Nørskov et al., J. Phys. Chem. B 108, 17886 (2004); docs/science.md §6.3',
  group: 'hydrogen evolution',
  better: 'profile',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    // By hand: −222.345678 + 212.345678 + 14.22 − 3.385 = 0.835.
    inputs: {
      adsorbedSlabEv: -222.345678,
      slabEv: -212.345678,
      adsorbateCount: 1,
      waterMoleculeEv: -14.22,
      hydrogenMoleculeEv: -6.77,
    },
    prints: '0.835000',
    source: 'arithmetic by hand on the slab of docs/science.md §2.1',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  return descriptorResult({
    value: energyPerAdsorbateEv(given, given.waterMoleculeEv - given.hydrogenMoleculeEv / 2),
    unit: UNIT,
    convention: 'reference: H₂O − ½H₂; energy: sigma0; U = 0 against RHE without corrections',
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts: {},
    issues: given.adsorbateCount === 0 ? [issue('E_NO_ADSORBATE', {})] : [],
  });
}
