/**
 * Free energy of adsorbed hydrogen, and of the Volmer step at a potential and pH (SCIENCE §6.1, §6.3, §13.7).
 *
 * The mistakes avoided here: comparing ΔE_H of papers with ΔG_H* of others, which differ by 0.24 eV, and the correction
 * calibrated on metals used for oxides without saying so. The Volmer step H⁺ + e⁻ → H* gains −eU, so a negative
 * potential lowers it; pH counts with 59 meV.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { energyPerAdsorbateEv } from './shared/energy-per-adsorbate.ts';
import {
  HYDROGEN_ENTROPY_EV_PER_KELVIN,
  HYDROGEN_UNCERTAINTY_EV,
  METAL_OFFSET_EV,
  poisoned,
  protonElectronEv,
} from './shared/hydrogen.ts';
import { atLeastZero, positive, real, temperatureKelvin, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';

const inputs = z
  .strictObject({
    adsorptionEnergyEv: real('ΔE_H', 'eV', 'adsorption energy of one H relative to ½H₂, negative = bound').optional(),
    adsorbedSlabEv: real('E_slab+nH', 'eV', 'slab with its hydrogen, instead of ΔE_H').optional(),
    slabEv: real('E_slab', 'eV', 'the clean slab in the same cell').optional(),
    adsorbateCount: told(z.int().min(0), 'n', '', 'hydrogen atoms in the cell, both sides together').optional(),
    hydrogenMoleculeEv: real('E_H2', 'eV', 'the H₂ molecule in a box').optional(),
    offsetEv: real(
      'ΔG_corr',
      'eV',
      `ΔZPE − TΔS of this surface; without it ${METAL_OFFSET_EV}, as on metals`,
    ).optional(),
    zeroPointAdsorbedEv: atLeastZero(
      'ZPE_H*',
      'eV',
      'zero-point energy of one adsorbed H, instead of offset',
    ).optional(),
    zeroPointMoleculeEv: atLeastZero('ZPE_H2', 'eV', 'zero-point energy of H₂').optional(),
    moleculeEntropyEvPerKelvin: positive(
      'S_H2',
      'eV/K',
      'standard entropy of H₂, with the zero-point energies; without it ½TS is 0.20 eV at 298.15 K',
    ).optional(),
    surface: z
      .enum(['metal', 'other'])
      .optional()
      .describe('what the surface is: the offset of 0.24 eV was calibrated on metals'),
    potentialVolt: real('U', 'V', 'potential against the standard hydrogen electrode').default(0),
    ph: real('pH', '', 'pH of the electrolyte').default(0),
    temperatureKelvin,
    uncertainty,
  })
  .refine(
    (given) => (given.adsorptionEnergyEv === undefined) === (totalsOf(given) !== undefined),
    'ΔE_H, or adsorbedSlabEv, slabEv, adsorbateCount and hydrogenMoleculeEv; not both',
  )
  .refine(
    (given) => (given.zeroPointAdsorbedEv === undefined) === (given.zeroPointMoleculeEv === undefined),
    'zeroPointAdsorbedEv and zeroPointMoleculeEv go together',
  )
  .refine(
    (given) => given.offsetEv === undefined || given.zeroPointAdsorbedEv === undefined,
    'offsetEv, or the zero-point energies; not both',
  )
  .refine(
    (given) => given.moleculeEntropyEvPerKelvin === undefined || given.zeroPointAdsorbedEv !== undefined,
    'moleculeEntropyEvPerKelvin goes with the zero-point energies',
  );

type Inputs = z.output<typeof inputs>;

export const hydrogenAdsorptionFreeEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'hydrogen-adsorption-free-energy',
  version: 1,
  symbol: 'ΔG_H*',
  unit: UNIT,
  title: 'Free energy of adsorbed hydrogen (Volmer step)',
  sign: 'negative = hydrogen adsorbs by itself; far from 0 on either side = little hydrogen evolution',
  formula:
    'ΔG_H* = ΔE_H + ΔZPE − TΔS, on metals ΔE_H + 0.24 eV; ΔZPE = ZPE(H*) − ½ZPE(H₂), ΔS = −½S°(H₂); at U and pH: + eU + kT·ln10·pH',
  reference:
    'Nørskov et al., J. Electrochem. Soc. 152, J23 (2005); the picture is disputed (Lindgren et al. 2019); docs/science.md §6.1',
  group: 'hydrogen evolution',
  better: 'profile',
  inScreening: true,
  defaultUncertainty: HYDROGEN_UNCERTAINTY_EV,
  aliases: [],
  example: {
    inputs: { adsorptionEnergyEv: -0.12, potentialVolt: -0.76, ph: 4.5 },
    prints: '-0.373783',
    parts: { standardFreeEnergyEv: '0.12' },
    source: 'docs/science.md §6.1',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { potentialVolt, ph, temperatureKelvin: temperature } = given;
  const adsorptionEnergyEv = adsorptionEv(given);
  const correction = correctionOf(given);
  const standardFreeEnergyEv = adsorptionEnergyEv === undefined ? undefined : adsorptionEnergyEv + correction.valueEv;
  const shiftEv = protonElectronEv(potentialVolt, ph, temperature);
  return descriptorResult({
    value: standardFreeEnergyEv === undefined ? undefined : standardFreeEnergyEv + shiftEv,
    unit: UNIT,
    convention: `reference: ½H₂; correction: ${correction.source}; U = ${potentialVolt} V against SHE, pH ${ph}, T = ${temperature} K`,
    uncertainty: uncertaintyOf(given.uncertainty, HYDROGEN_UNCERTAINTY_EV),
    parts: {
      adsorptionEnergyEv,
      correctionEv: correction.valueEv,
      correction: correction.source,
      standardFreeEnergyEv,
      electrodeShiftEv: shiftEv,
    },
    issues: [
      ...(given.adsorbateCount === 0 ? [issue('E_NO_ADSORBATE', {})] : []),
      ...transferred(given, correction),
      ...poisoned(standardFreeEnergyEv),
    ],
  });
}

interface Totals {
  readonly adsorbedSlabEv: number;
  readonly slabEv: number;
  readonly adsorbateCount: number;
  readonly hydrogenMoleculeEv: number;
}
type Untold<Shape> = { readonly [Key in keyof Shape]?: Shape[Key] | undefined };

function totalsOf(given: Untold<Totals>): Totals | undefined {
  const { adsorbedSlabEv, slabEv, adsorbateCount, hydrogenMoleculeEv } = given;
  if (adsorbedSlabEv === undefined || slabEv === undefined) return undefined;
  if (adsorbateCount === undefined || hydrogenMoleculeEv === undefined) return undefined;
  return { adsorbedSlabEv, slabEv, adsorbateCount, hydrogenMoleculeEv };
}

function adsorptionEv(given: Inputs): number | undefined {
  const totals = totalsOf(given);
  return totals === undefined ? given.adsorptionEnergyEv : energyPerAdsorbateEv(totals, totals.hydrogenMoleculeEv / 2);
}

interface Correction {
  readonly valueEv: number;
  readonly source: 'vibrations' | 'given' | 'metals';
}

/** ΔZPE − TΔS, eV. */
function correctionOf(given: Inputs): Correction {
  const { zeroPointAdsorbedEv, zeroPointMoleculeEv, offsetEv } = given;
  if (zeroPointAdsorbedEv !== undefined && zeroPointMoleculeEv !== undefined) {
    const entropy = given.moleculeEntropyEvPerKelvin ?? HYDROGEN_ENTROPY_EV_PER_KELVIN;
    const zeroPointEv = zeroPointAdsorbedEv - zeroPointMoleculeEv / 2;
    return { valueEv: zeroPointEv + (given.temperatureKelvin * entropy) / 2, source: 'vibrations' };
  }
  return offsetEv === undefined
    ? { valueEv: METAL_OFFSET_EV, source: 'metals' }
    : { valueEv: offsetEv, source: 'given' };
}

function transferred({ surface }: Inputs, { source, valueEv }: Correction): Issue[] {
  return surface === 'other' && source === 'metals' ? [issue('W_OFFSET_TRANSFER', { offsetEv: valueEv })] : [];
}
