/**
 * Exchange rate of hydrogen evolution from the free energy of adsorbed hydrogen: the volcano (SCIENCE §6.2).
 *
 * Both branches are k0/(1 + exp(|ΔG|/kT)): the mistake avoided here is exp(+31) over 1 + exp(+31), or an overflow, on the
 * side where the exponent is positive. The rates order surfaces and are no measured current.
 */
import { z } from 'zod';
import { BOLTZMANN_EV_PER_KELVIN } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { HYDROGEN_UNCERTAINTY_EV } from './shared/hydrogen.ts';
import { positive, real, temperatureKelvin, uncertainty } from './shared/inputs.ts';

const UNIT = 's⁻¹';
const PREFACTOR_PER_SECOND = 200;

const inputs = z.strictObject({
  freeEnergyEv: real('ΔG', 'eV', 'free energy of adsorbed hydrogen, ΔG_H*'),
  prefactorPerSecond: positive('k0', 's⁻¹', 'rate at the top of the volcano is half of it').default(
    PREFACTOR_PER_SECOND,
  ),
  temperatureKelvin,
  freeEnergyUncertaintyEv: positive('σ_ΔG', 'eV', '1σ of the free energy').default(HYDROGEN_UNCERTAINTY_EV),
  uncertainty,
});

export const hydrogenExchangeRate: DescriptorDefinition<typeof inputs> = {
  identifier: 'hydrogen-exchange-rate',
  version: 1,
  symbol: 'i_0/e',
  unit: UNIT,
  title: 'Exchange rate of hydrogen evolution per site (volcano)',
  sign: 'larger = more hydrogen; largest at ΔG_H* = 0',
  formula: 'i_0/e = k0/(1 + exp(−ΔG/kT)) for ΔG ≤ 0, k0·exp(−ΔG/kT)/(1 + exp(−ΔG/kT)) for ΔG > 0',
  reference: 'Nørskov et al., J. Electrochem. Soc. 152, J23 (2005); docs/science.md §6.2',
  group: 'hydrogen evolution',
  better: 'lower',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { freeEnergyEv: 0.79 },
    prints: '8.856577e-12',
    source: 'docs/science.md §6.2',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { freeEnergyEv, prefactorPerSecond, temperatureKelvin: temperature } = given;
  const thermalEv = BOLTZMANN_EV_PER_KELVIN * temperature;
  const height = Math.abs(freeEnergyEv) / thermalEv;
  const rate = prefactorPerSecond / (1 + Math.exp(height));
  // d ln(rate)/dΔG, which is at most 1/kT; its sign does not matter here.
  const perEv = 1 / (thermalEv * (1 + Math.exp(-height)));
  return descriptorResult({
    value: rate,
    unit: UNIT,
    convention: `per site; k0 = ${prefactorPerSecond} s⁻¹; T = ${temperature} K; relative only`,
    uncertainty: propagated(given.uncertainty, rate * perEv * given.freeEnergyUncertaintyEv),
    parts: {
      log10Rate: Math.log10(prefactorPerSecond) - (height + Math.log1p(Math.exp(-height))) / Math.LN10,
      // The error of a rate is one of its logarithm: 0.1 eV are 1.7 decades at room temperature.
      log10Uncertainty: (perEv * given.freeEnergyUncertaintyEv) / Math.LN10,
      branch: freeEnergyEv <= 0 ? 'strong binding' : 'weak binding',
    },
    issues: [issue('I_INFORMATIONAL', { reason: 'the volcano orders surfaces; its height is no measured current' })],
  });
}
