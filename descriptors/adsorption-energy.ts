/**
 * Adsorption energy of an adatom or molecule on a facet (SCIENCE §2.1, §2.3–2.5, §2.8, §13.2–13.3).
 *
 * The mistakes avoided here: mixing up E_ads (negative = bound) with the binding energy E_b = −E_ads (positive = bound)
 * that papers print, and taking a value relative to the free atom for a value relative to the metal: the two differ by
 * the cohesive energy, so both stand side by side whenever both references are known.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { energyPerAdsorbateEv } from './shared/energy-per-adsorbate.ts';
import { count, positive, real, told } from './shared/inputs.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.1;
/** E_ads(atom) outside of this is a wrong reference or a wrong cell far more often than chemistry (§2.8). */
const PLAUSIBLE_EV = { lowest: -8, highest: 0.5 };
/** energy(sigma->0) and TOTEN must agree to this per adatom (§13.3). */
const ENERGY_KIND_TOLERANCE_EV = 0.005;
const ANGSTROM2_PER_NM2 = 100;

/** NELECT against the sum of the valences (§2.4). */
const NEUTRAL_ELECTRONS = 1e-3;

const inputs = z.strictObject({
  adsorbedSlabEv: real('E_slab+nA', 'eV', 'energy(sigma->0) of the slab with its adsorbates'),
  slabEv: real('E_slab', 'eV', 'the clean slab in the same cell'),
  adsorbateCount: told(z.int().min(0), 'n', '', 'adsorbates in the cell, both sides together'),
  atomEv: real('E_atom', 'eV', 'energy of one isolated adsorbate in a box').optional(),
  bulkPerAtomEv: real('E_bulk', 'eV', 'energy per atom of the bulk metal of the adsorbate').optional(),
  moleculeEv: real('E_mol', 'eV', 'energy of the molecule per adsorbate: ½E(H₂) for H, E(H₂O) for water').optional(),
  chargeNumber: count('z', 'charge of the ion, for the reference ion').optional(),
  potentialVolt: real('U', 'V', 'potential against M/M^z+, for the reference ion').default(0),
  reference: z.enum(['atom', 'bulk', 'molecule', 'ion']).default('atom').describe('what the value is relative to'),
  netChargeElectrons: real('q', 'e', 'charge of the cell with the adsorbate: sum of the valences − NELECT').optional(),
  sizeCorrectionEv: real(
    'ΔE_q',
    'eV',
    'correction of the charged cell for its finite size, added once per cell',
  ).optional(),
  adsorbedSlabFreeEv: z
    .number()
    .optional()
    .describe('TOTEN of the slab with adsorbates, to compare the kinds of energy'),
  slabFreeEv: z.number().optional().describe('TOTEN of the clean slab'),
  atomFreeEv: z.number().optional().describe('TOTEN of the isolated adsorbate'),
  bulkPerAtomFreeEv: z.number().optional().describe('TOTEN per atom of the bulk metal'),
  areaAngstrom2: positive('A', 'Å²', 'in-plane area of the cell, for the coverage').optional(),
  doubleSided: z.boolean().default(false).describe('adsorbates on both sides: half of them count for the coverage'),
  uncertaintyEv: z.number().positive().optional().describe('1σ of the value'),
});

type Inputs = z.output<typeof inputs>;

export const adsorptionEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'adsorption-energy',
  version: 1,
  symbol: 'E_ads',
  unit: UNIT,
  title: 'Adsorption energy per adatom',
  sign: 'negative = bound',
  formula:
    'E_ads = [E(slab+nA) − E(slab) − n·μ_A]/n, μ_A = E(isolated atom), E(bulk)/N, E(molecule) or the ion at U: E(bulk)/N − zU',
  reference: 'binding energy E_b as in H. Shen et al., Nature Communications (2025); docs/science.md §2.1',
  group: 'adsorption',
  better: 'profile',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [{ identifier: 'binding-energy', symbol: 'E_b', factor: -1 }],
  example: {
    inputs: {
      adsorbedSlabEv: -216.042345,
      slabEv: -212.345678,
      adsorbateCount: 1,
      atomEv: -0.2971,
      bulkPerAtomEv: -1.9056,
    },
    prints: '-3.399567',
    parts: { bindingEnergyAtomEv: '3.399567', adsorptionEnergyBulkEv: '-1.791067', cohesiveEnergyEv: '1.608500' },
    source: 'docs/science.md §2.1',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const corrected = { ...given, adsorbedSlabEv: given.adsorbedSlabEv + (given.sizeCorrectionEv ?? 0) };
  const atomEv = energyPerAdsorbateEv(corrected, given.atomEv);
  const bulkEv = energyPerAdsorbateEv(corrected, given.bulkPerAtomEv);
  const value = energyPerAdsorbateEv(corrected, referenceEv(given));
  return descriptorResult({
    value,
    unit: UNIT,
    convention: `reference: ${given.reference}; energy: sigma0; negative = bound`,
    uncertainty: uncertaintyOf(given.uncertaintyEv, DEFAULT_UNCERTAINTY_EV, kindDifferenceEv(given, value)),
    parts: {
      adsorptionEnergyAtomEv: atomEv,
      adsorptionEnergyBulkEv: bulkEv,
      bindingEnergyAtomEv: atomEv === undefined ? undefined : -atomEv,
      cohesiveEnergyEv: cohesiveEnergyEv(given),
      coveragePerNm2: coveragePerNm2(given),
    },
    issues: [
      ...missingReference(given),
      ...(given.adsorbateCount === 0 ? [issue('E_NO_ADSORBATE', {})] : []),
      ...(given.reference === 'ion' ? [issue('W_NO_SOLVATION', {})] : []),
      ...charged(given),
      ...implausible(atomEv),
      ...energyKindSensitive(given, value),
    ],
  });
}

/** E_coh = E_atom − E_bulk/N > 0, eV per atom. */
function cohesiveEnergyEv(given: Inputs): number | undefined {
  if (given.atomEv === undefined || given.bulkPerAtomEv === undefined) return undefined;
  return given.atomEv - given.bulkPerAtomEv;
}

/** θ = n/A with n on one side only, nm⁻². */
function coveragePerNm2(given: Inputs): number | undefined {
  if (given.areaAngstrom2 === undefined) return undefined;
  const onOneSide = given.doubleSided ? given.adsorbateCount / 2 : given.adsorbateCount;
  return (ANGSTROM2_PER_NM2 * onOneSide) / given.areaAngstrom2;
}

/** μ_A, eV per adsorbate. The ion in solution is the metal electrode at U: M^z+ + z e⁻ (§2.3). */
function referenceEv(given: Inputs): number | undefined {
  const { reference, bulkPerAtomEv, chargeNumber } = given;
  if (reference === 'atom') return given.atomEv;
  if (reference === 'molecule') return given.moleculeEv;
  if (reference === 'bulk') return bulkPerAtomEv;
  if (bulkPerAtomEv === undefined || chargeNumber === undefined) return undefined;
  return bulkPerAtomEv - chargeNumber * given.potentialVolt;
}

const NEEDED: Readonly<Record<Inputs['reference'], string>> = {
  atom: 'energy of the isolated atom (atomEv)',
  bulk: 'energy per atom of the bulk metal (bulkPerAtomEv)',
  molecule: 'energy of the molecule per adsorbate (moleculeEv)',
  ion: 'energy per atom of the bulk metal and charge of the ion (bulkPerAtomEv, chargeNumber)',
};

function missingReference(given: Inputs): Issue[] {
  return referenceEv(given) === undefined ? [issue('E_REFERENCE_MISSING', { needed: NEEDED[given.reference] })] : [];
}

/** A charged cell without a correction has an energy that depends on the size of the cell. */
function charged({ netChargeElectrons: charge, sizeCorrectionEv }: Inputs): Issue[] {
  if (charge === undefined || Math.abs(charge) <= NEUTRAL_ELECTRONS || sizeCorrectionEv !== undefined) return [];
  return [issue('W_CHARGED_ADSORBATE', { charge })];
}

function implausible(atomEv: number | undefined): Issue[] {
  if (atomEv === undefined || (atomEv >= PLAUSIBLE_EV.lowest && atomEv <= PLAUSIBLE_EV.highest)) return [];
  return [issue('W_ADS_IMPLAUSIBLE', { valueEv: atomEv })];
}

function freeReferenceEv(given: Inputs): number | undefined {
  if (given.reference === 'atom') return given.atomFreeEv;
  return given.reference === 'bulk' ? given.bulkPerAtomFreeEv : undefined;
}

/** The value that TOTEN gives, when every member of the difference has a TOTEN. */
function valueOfTotenEv(given: Inputs): number | undefined {
  const { adsorbedSlabFreeEv, slabFreeEv, adsorbateCount } = given;
  if (adsorbedSlabFreeEv === undefined || slabFreeEv === undefined) return undefined;
  return energyPerAdsorbateEv(
    { adsorbedSlabEv: adsorbedSlabFreeEv, slabEv: slabFreeEv, adsorbateCount },
    freeReferenceEv(given),
  );
}

/** What the choice of the energy kind makes of the value: its error by the calculation itself, as far as that shows. */
function kindDifferenceEv(given: Inputs, sigma0Ev: number | undefined): number | undefined {
  const freeEv = valueOfTotenEv(given);
  return freeEv === undefined || sigma0Ev === undefined ? undefined : Math.abs(freeEv - sigma0Ev);
}

function energyKindSensitive(given: Inputs, sigma0Ev: number | undefined): Issue[] {
  const freeEv = valueOfTotenEv(given);
  if (freeEv === undefined || sigma0Ev === undefined) return [];
  if (Math.abs(freeEv - sigma0Ev) <= ENERGY_KIND_TOLERANCE_EV) return [];
  return [issue('W_ENERGY_KIND_SENSITIVE', { sigma0Ev, freeEv })];
}
