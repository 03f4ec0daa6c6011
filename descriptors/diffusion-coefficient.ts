/**
 * Diffusion coefficient of one migrating atom from its hop rate (SCIENCE §3.9, §13.4).
 *
 * The mistake avoided here: m and d left unsaid. A rate per neighbour counted as the total one, or a surface taken as
 * three-dimensional, changes D by factors of 6 and 1.5; both stand in every result.
 */
import { z } from 'zod';
import { CENTIMETRE_PER_ANGSTROM } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, count, positive, temperatureKelvin, told, uncertainty } from './shared/inputs.ts';
import { BARRIER_UNCERTAINTY_EV, DEFAULT_PREFACTOR_PER_SECOND, thermalRate } from './shared/thermal-rate.ts';

const UNIT = 'cm²/s';

const inputs = z
  .strictObject({
    hopLengthAngstrom: positive('a', 'Å', 'length of a hop'),
    barrierEv: atLeastZero('E_f', 'eV', 'migration barrier').optional(),
    ratePerSecond: positive('k', 's⁻¹', 'rate of the hop, instead of the barrier').optional(),
    dimensionality: told(z.int().min(1).max(3), 'd', '', 'dimensions: channel 1, surface 2, bulk 3').default(2),
    equivalentHops: count('m', 'equivalent hops out of a site, when the rate is that of one of them').default(1),
    prefactorPerSecond: positive('ν', 's⁻¹', 'attempt frequency').default(DEFAULT_PREFACTOR_PER_SECOND),
    temperatureKelvin,
    barrierUncertaintyEv: atLeastZero('σ_E', 'eV', '1σ of the barrier').default(BARRIER_UNCERTAINTY_EV),
    rateUncertaintyPerSecond: atLeastZero('σ_k', 's⁻¹', '1σ of the rate').default(0),
    uncertainty,
  })
  .refine(
    (given) => (given.barrierEv === undefined) !== (given.ratePerSecond === undefined),
    'either barrierEv or ratePerSecond',
  );

type Inputs = z.output<typeof inputs>;

export const diffusionCoefficient: DescriptorDefinition<typeof inputs> = {
  identifier: 'diffusion-coefficient',
  version: 1,
  symbol: 'D',
  unit: UNIT,
  title: 'Diffusion coefficient of uncorrelated hops of one length',
  sign: 'positive; larger = faster',
  formula: 'D = m·k·a²/(2d), k = ν·exp(−E_f/kT)',
  reference: 'random walk of independent hops; docs/science.md §3.9',
  group: 'migration',
  better: 'higher',
  inScreening: true,
  aliases: [],
  example: {
    inputs: { barrierEv: 0.25, hopLengthAngstrom: 3.2495, dimensionality: 2 },
    prints: '1.569273e-7',
    parts: { ratePerSecond: '5.944636e8' },
    source: 'docs/science.md §3.9',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { hopLengthAngstrom, dimensionality, equivalentHops, temperatureKelvin: temperature } = given;
  const rate = rateOf(given);
  const lengthCm = hopLengthAngstrom * CENTIMETRE_PER_ANGSTROM;
  const perRateCm2 = (equivalentHops * lengthCm ** 2) / (2 * dimensionality);
  const hot = given.barrierEv === undefined ? '' : `; T = ${temperature} K`;
  return descriptorResult({
    value: rate.ratePerSecond === undefined ? undefined : perRateCm2 * rate.ratePerSecond,
    unit: UNIT,
    convention: `m = ${equivalentHops}; d = ${dimensionality}${hot}; one atom, uncorrelated hops`,
    uncertainty: propagated(given.uncertainty, perRateCm2 * rate.uncertaintyPerSecond),
    parts: {
      hopLengthAngstrom,
      dimensionality,
      equivalentHops,
      ratePerSecond: rate.ratePerSecond,
      ...(given.barrierEv !== undefined && {
        barrierEv: given.barrierEv,
        prefactorPerSecond: given.prefactorPerSecond,
        temperatureKelvin: temperature,
      }),
    },
    issues: rate.issues,
  });
}

function rateOf(given: Inputs) {
  const { barrierEv, ratePerSecond } = given;
  if (barrierEv === undefined) {
    return { ratePerSecond, uncertaintyPerSecond: given.rateUncertaintyPerSecond, issues: [] };
  }
  const rate = thermalRate({ ...given, barrierEv });
  const uncertaintyPerSecond = ((rate.ratePerSecond ?? 0) * given.barrierUncertaintyEv) / rate.thermalEv;
  return { ratePerSecond: rate.ratePerSecond, uncertaintyPerSecond, issues: rate.issues };
}
