/**
 * Mobility of an ion from its diffusion coefficient, Einstein's relation (SCIENCE §3.10).
 *
 * The mistake avoided here: dividing by kT in joules in one place and in eV in another; with kT in eV the elementary
 * charge drops out.
 */
import { z } from 'zod';
import { BOLTZMANN_EV_PER_KELVIN } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, count, positive, temperatureKelvin, uncertainty } from './shared/inputs.ts';

const UNIT = 'cm²/(V·s)';

const inputs = z.strictObject({
  diffusionCm2PerS: positive('D', 'cm²/s', 'diffusion coefficient'),
  chargeNumber: count('z', 'charge number of the ion'),
  temperatureKelvin,
  diffusionUncertaintyCm2PerS: atLeastZero('σ_D', 'cm²/s', '1σ of the diffusion coefficient').default(0),
  uncertainty,
});

export const ionicMobility: DescriptorDefinition<typeof inputs> = {
  identifier: 'ionic-mobility',
  version: 1,
  symbol: 'μ_ion',
  unit: UNIT,
  title: 'Mobility of an ion (Einstein relation)',
  sign: 'positive; along the field for a cation',
  formula: 'μ_ion = z·e·D/kT',
  reference: 'Einstein, Ann. Phys. 17, 549 (1905); docs/science.md §3.10',
  group: 'migration',
  better: 'higher',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { diffusionCm2PerS: 9.415635e-7, chargeNumber: 1 },
    prints: '3.664729e-5',
    source: 'docs/science.md §3.10',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { diffusionCm2PerS, chargeNumber, temperatureKelvin: temperature } = given;
  const perDiffusion = chargeNumber / (BOLTZMANN_EV_PER_KELVIN * temperature);
  return descriptorResult({
    value: perDiffusion * diffusionCm2PerS,
    unit: UNIT,
    convention: `z = ${chargeNumber}; T = ${temperature} K`,
    uncertainty: propagated(given.uncertainty, perDiffusion * given.diffusionUncertaintyCm2PerS),
    parts: { chargeNumber, temperatureKelvin: temperature },
    issues: [],
  });
}
