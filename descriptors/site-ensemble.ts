/**
 * Adsorption as an ensemble of sites: populations and free energy at a temperature (SCIENCE §2.6).
 *
 * The mistake avoided here: exp(−E/kT) of energies of several eV overflows; only differences from the lowest one enter.
 * Two calculations of one site would count it twice: the caller leaves duplicates out.
 */
import { z } from 'zod';
import { BOLTZMANN_EV_PER_KELVIN } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { temperatureKelvin, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.1;

const siteSchema = z.strictObject({
  energyEv: z.number(),
  degeneracy: z.number().positive().default(1),
  label: z.string().exactOptional(),
});

const inputs = z.strictObject({
  sites: z
    .array(siteSchema)
    .min(1)
    .readonly()
    .describe('distinct sites: adsorption energy, and how many equivalent ones the cell has'),
  temperatureKelvin,
  uncertainty,
});

export const siteEnsemble: DescriptorDefinition<typeof inputs> = {
  identifier: 'site-ensemble',
  version: 1,
  symbol: 'F_ads',
  unit: UNIT,
  title: 'Free energy of adsorption over all sites of the facet',
  sign: 'negative = bound',
  formula: 'F_ads = E_min − kT ln Σ g_i exp(−(E_i − E_min)/kT); p_i ∝ g_i exp(−E_i/kT)',
  reference: 'Boltzmann statistics of independent adatoms; docs/science.md §2.6',
  group: 'adsorption',
  better: 'profile',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    inputs: {
      sites: [
        { energyEv: -3.4, degeneracy: 1 },
        { energyEv: -3.31, degeneracy: 2 },
        { energyEv: -3.05, degeneracy: 1 },
      ],
    },
    prints: '-3.401502',
    parts: { meanEnergyEv: '-3.394888' },
    source: 'docs/science.md §2.6',
  },
  inputs,
  compute,
};

function compute({
  sites,
  temperatureKelvin: temperature,
  uncertainty: given,
}: z.output<typeof inputs>): DescriptorResult {
  const thermalEv = BOLTZMANN_EV_PER_KELVIN * temperature;
  const lowestEv = Math.min(...sites.map(({ energyEv }) => energyEv));
  const weights = sites.map(({ energyEv, degeneracy }) => degeneracy * Math.exp((lowestEv - energyEv) / thermalEv));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const populations = weights.map((weight) => weight / total);
  return descriptorResult({
    value: lowestEv - thermalEv * Math.log(total),
    unit: UNIT,
    convention: `T = ${temperature} K; negative = bound`,
    uncertainty: uncertaintyOf(given, DEFAULT_UNCERTAINTY_EV),
    parts: {
      temperatureKelvin: temperature,
      lowestEnergyEv: lowestEv,
      meanEnergyEv: sites.reduce((sum, { energyEv }, at) => sum + (populations[at] ?? 0) * energyEv, 0),
      populations: sites.map(({ label }, at) => ({ ...(label !== undefined && { label }), fraction: populations[at] })),
    },
    issues: [],
  });
}
