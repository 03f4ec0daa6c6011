/**
 * Nucleation driving force: adsorption energy relative to the bulk metal (SCIENCE §2.2, §2.3). Below zero the first
 * adatoms gain more on the facet than in the metal: the deposit wets.
 *
 * The mistake avoided here: calling a facet lithiophilic because it binds a *free* Li atom by 1.6 eV, which is just what
 * bulk Li offers too. A value within the tolerance of zero is called borderline, not philic or phobic.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { workingIon, workingIonElements } from '../model/elements.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { energyPerAdsorbateEv } from './shared/energy-per-adsorbate.ts';
import { atLeastZero, count, real, told } from './shared/inputs.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.1;
const DEFAULT_TOLERANCE_EV = 0.1;
/** −3.40 + 3.30 is −0.10000000000000009 in binary: a value on the edge, below the last digit VASP prints, is inside. */
const EDGE_EV = 1e-9;

const inputs = z
  .strictObject({
    adsorptionEnergyAtomEv: real('E_ads', 'eV', 'relative to the isolated atom, negative = bound').optional(),
    cohesiveEnergyEv: real('E_coh', 'eV', 'E_atom − E_bulk/N of the metal, positive').optional(),
    adsorbedSlabEv: real('E_slab+nA', 'eV', 'slab with its adsorbates, instead of the two above').optional(),
    slabEv: real('E_slab', 'eV', 'the clean slab in the same cell').optional(),
    adsorbateCount: told(z.int().min(0), 'n', '', 'adsorbates in the cell, both sides together').optional(),
    bulkPerAtomEv: real('E_bulk', 'eV', 'energy per atom of the bulk metal').optional(),
    toleranceEv: atLeastZero('δ', 'eV', '|ΔE_nuc| up to this is borderline').default(DEFAULT_TOLERANCE_EV),
    ion: z
      .string()
      .refine((element) => workingIon(element) !== undefined, `one of ${workingIonElements().join(', ')}`)
      .optional()
      .describe('working ion, for the name of the verdict and the charge number'),
    chargeNumber: count('z', 'charge of the ion, when a potential or its shift is asked for').optional(),
    potentialVolt: real('U', 'V', 'potential against the metal electrode (M/M^z+)').optional(),
    uncertaintyEv: z.number().positive().optional().describe('1σ of the value'),
  })
  .refine((given) => !(hasSum(given) && hasTotals(given)), 'E_ads with E_coh, or total energies; not both')
  .refine(
    (given) => given.potentialVolt === undefined || (given.chargeNumber ?? given.ion) !== undefined,
    'potentialVolt needs ion or chargeNumber',
  );

type Inputs = z.output<typeof inputs>;

export const nucleationDrivingForce: DescriptorDefinition<typeof inputs> = {
  identifier: 'nucleation-driving-force',
  version: 1,
  symbol: 'ΔE_nuc',
  unit: UNIT,
  title: 'Nucleation driving force: adsorption energy relative to the bulk metal',
  sign: 'negative = the first layer is preferred over bulk metal (wets)',
  formula: 'ΔE_nuc = E_ads(atom) + E_coh = [E(slab+nA) − E(slab)]/n − E(bulk)/N; ΔE_dep(U) = ΔE_nuc + z·U',
  reference:
    'metal electrode in the manner of Nørskov et al., J. Electrochem. Soc. 152, J23 (2005); docs/science.md §2.2–2.3',
  group: 'adsorption',
  better: 'profile',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    inputs: { adsorptionEnergyAtomEv: -3.4, cohesiveEnergyEv: 1.63, ion: 'Li', chargeNumber: 1 },
    prints: '-1.77',
    parts: { underpotentialShiftVolt: '1.77' },
    source: 'docs/science.md §2.2–2.3: ZnO(002), H. Shen et al., Nature Communications (2025)',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const value = drivingForceEv(given);
  return descriptorResult({
    value,
    unit: UNIT,
    convention: 'reference: bulk; energy: sigma0; negative = wets',
    uncertainty: uncertaintyOf(given.uncertaintyEv, DEFAULT_UNCERTAINTY_EV),
    parts: {
      adsorptionEnergyAtomEv: given.adsorptionEnergyAtomEv,
      cohesiveEnergyEv: given.cohesiveEnergyEv,
      ...(value === undefined ? {} : { ...verdict(value, given), ...electrode(value, given) }),
    },
    issues: value === undefined ? missing(given) : remarks(value, given),
  });
}

function drivingForceEv(given: Inputs): number | undefined {
  const { adsorptionEnergyAtomEv, cohesiveEnergyEv, adsorbedSlabEv, slabEv, adsorbateCount } = given;
  if (adsorptionEnergyAtomEv !== undefined && cohesiveEnergyEv !== undefined) {
    return adsorptionEnergyAtomEv + cohesiveEnergyEv;
  }
  if (adsorbedSlabEv === undefined || slabEv === undefined || adsorbateCount === undefined) return undefined;
  return energyPerAdsorbateEv({ adsorbedSlabEv, slabEv, adsorbateCount }, given.bulkPerAtomEv);
}

type Wetting = 'philic' | 'borderline' | 'phobic';

function wettingOf(valueEv: number, toleranceEv: number): Wetting {
  if (Math.abs(valueEv) <= toleranceEv + EDGE_EV) return 'borderline';
  return valueEv < 0 ? 'philic' : 'phobic';
}

function verdict(valueEv: number, given: Inputs): { wetting: string; toleranceEv: number } {
  const wetting = wettingOf(valueEv, given.toleranceEv);
  const prefix = given.ion === undefined ? '' : (workingIon(given.ion)?.philicPrefix ?? '');
  return { wetting: wetting === 'borderline' ? wetting : `${prefix}${wetting}`, toleranceEv: given.toleranceEv };
}

/** Against the metal electrode: only on request, because it leaves the solvation of the ion out. */
function electrode(valueEv: number, given: Inputs): Record<string, number> {
  if (!asksForElectrode(given)) return {};
  const chargeNumber = given.chargeNumber ?? workingIon(given.ion ?? '')?.charge;
  if (chargeNumber === undefined) return {};
  const shift = { chargeNumber, underpotentialShiftVolt: -valueEv / chargeNumber };
  if (given.potentialVolt === undefined) return shift;
  return {
    ...shift,
    potentialVolt: given.potentialVolt,
    depositionEnergyEv: valueEv + chargeNumber * given.potentialVolt,
  };
}

function asksForElectrode(given: Inputs): boolean {
  return given.potentialVolt !== undefined || given.chargeNumber !== undefined;
}

function remarks(valueEv: number, given: Inputs): Issue[] {
  const borderline = wettingOf(valueEv, given.toleranceEv) === 'borderline';
  return [
    ...(borderline ? [issue('I_BORDERLINE', { valueEv, toleranceEv: given.toleranceEv })] : []),
    ...(asksForElectrode(given) ? [issue('W_NO_SOLVATION', {})] : []),
  ];
}

function missing(given: Inputs): Issue[] {
  if (given.adsorbateCount === 0) return [issue('E_NO_ADSORBATE', {})];
  return [issue('E_REFERENCE_MISSING', { needed: missingText(given) })];
}

function missingText(given: Inputs): string {
  if (given.adsorptionEnergyAtomEv !== undefined) return 'cohesive energy of the metal (cohesiveEnergyEv)';
  if (given.adsorbedSlabEv === undefined)
    return 'E_ads(atom) and E_coh, or the total energies of slab+nA, slab and bulk';
  if (given.slabEv === undefined) return 'energy of the clean slab (slabEv)';
  if (given.adsorbateCount === undefined) return 'number of adsorbates (adsorbateCount)';
  return 'energy per atom of the bulk metal (bulkPerAtomEv)';
}

function hasSum(given: { adsorptionEnergyAtomEv?: number | undefined }): boolean {
  return given.adsorptionEnergyAtomEv !== undefined;
}

function hasTotals(given: { adsorbedSlabEv?: number | undefined; slabEv?: number | undefined }): boolean {
  return given.adsorbedSlabEv !== undefined || given.slabEv !== undefined;
}
