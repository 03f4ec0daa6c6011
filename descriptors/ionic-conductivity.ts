/**
 * Ionic conductivity from a diffusion coefficient, Nernst–Einstein (SCIENCE §3.10).
 *
 * The mistake avoided here: a conductivity from a barrier alone. A barrier tells how far one carrier moves, not how many
 * there are; on a surface the density of carriers per volume is not even defined by the cell.
 */
import { z } from 'zod';
import { BOLTZMANN_EV_PER_KELVIN, ELEMENTARY_CHARGE_COULOMB } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, count, positive, temperatureKelvin, uncertainty } from './shared/inputs.ts';

const UNIT = 'S/cm';

const inputs = z.strictObject({
  diffusionCm2PerS: positive('D', 'cm²/s', 'diffusion coefficient of the carriers'),
  chargeNumber: count('z', 'charge number of the carrier'),
  carriersPerCm3: positive('n', 'cm⁻³', 'carriers per volume').optional(),
  havenRatio: positive('H_R', '', 'tracer over charge diffusion; 1 = uncorrelated hops').default(1),
  temperatureKelvin,
  diffusionUncertaintyCm2PerS: atLeastZero('σ_D', 'cm²/s', '1σ of the diffusion coefficient').default(0),
  uncertainty,
});

export const ionicConductivity: DescriptorDefinition<typeof inputs> = {
  identifier: 'ionic-conductivity',
  version: 1,
  symbol: 'σ_ion',
  unit: UNIT,
  title: 'Ionic conductivity (Nernst–Einstein)',
  sign: 'positive; larger = conducts better',
  formula: 'σ_ion = n·z²·e²·D/(H_R·kT)',
  reference: 'Nernst–Einstein relation; docs/science.md §3.10',
  group: 'migration',
  better: 'higher',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { diffusionCm2PerS: 9.415635e-7, chargeNumber: 1, carriersPerCm3: 1e22 },
    prints: '5.871544e-2',
    source: 'docs/science.md §3.10',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { chargeNumber, carriersPerCm3, havenRatio, temperatureKelvin: temperature } = given;
  const mobilityPerDiffusion = chargeNumber / (BOLTZMANN_EV_PER_KELVIN * temperature);
  // S/cm per cm²/s: charge density in C/cm³ times mobility per diffusion coefficient in 1/V.
  const perDiffusion =
    ((carriersPerCm3 ?? 0) * chargeNumber * ELEMENTARY_CHARGE_COULOMB * mobilityPerDiffusion) / havenRatio;
  return descriptorResult({
    value: carriersPerCm3 === undefined ? undefined : perDiffusion * given.diffusionCm2PerS,
    unit: UNIT,
    convention: `Haven ratio ${havenRatio}; z = ${chargeNumber}; T = ${temperature} K`,
    uncertainty: propagated(given.uncertainty, perDiffusion * given.diffusionUncertaintyCm2PerS),
    parts: {
      chargeNumber,
      temperatureKelvin: temperature,
      havenRatio,
      mobilityCm2PerVoltSecond: mobilityPerDiffusion * given.diffusionCm2PerS,
    },
    issues: carriersPerCm3 === undefined ? [issue('E_CARRIER_DENSITY', {})] : [],
  });
}
