/**
 * Rate of a hop over a migration barrier (SCIENCE §3.9).
 *
 * The mistakes avoided here: a rate printed with three digits although the error of the barrier alone changes it
 * sevenfold at room temperature, and a rate from a barrier of a few kT as if transition-state theory held there.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { atLeastZero, positive, temperatureKelvin, uncertainty } from './shared/inputs.ts';
import { BARRIER_UNCERTAINTY_EV, DEFAULT_PREFACTOR_PER_SECOND, thermalRate } from './shared/thermal-rate.ts';

const UNIT = 's⁻¹';

const inputs = z.strictObject({
  barrierEv: atLeastZero('E_f', 'eV', 'migration barrier'),
  prefactorPerSecond: positive('ν', 's⁻¹', 'attempt frequency').default(DEFAULT_PREFACTOR_PER_SECOND),
  temperatureKelvin,
  barrierUncertaintyEv: atLeastZero('σ_E', 'eV', '1σ of the barrier').default(BARRIER_UNCERTAINTY_EV),
  uncertainty,
});

export const hopRate: DescriptorDefinition<typeof inputs> = {
  identifier: 'hop-rate',
  version: 1,
  symbol: 'k_hop',
  unit: UNIT,
  title: 'Rate of the hop over a migration barrier',
  sign: 'positive; larger = faster',
  formula: 'k_hop = ν·exp(−E_f/kT); σ(ln k_hop) = σ_E/kT',
  reference: 'harmonic transition-state theory, Vineyard, J. Phys. Chem. Solids 3, 121 (1957); docs/science.md §3.9',
  group: 'migration',
  better: 'higher',
  inScreening: true,
  aliases: [],
  example: {
    inputs: { barrierEv: 0.25 },
    prints: '5.944636e8',
    parts: { factorFor50Mev: '7.001', factorFor100Mev: '49.02', thermalFrequencyPerSecond: '6.212438e12' },
    source: 'docs/science.md §3.9',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { barrierEv, barrierUncertaintyEv, prefactorPerSecond, temperatureKelvin: temperature } = given;
  const rate = thermalRate(given);
  const logarithmicUncertainty = barrierUncertaintyEv / rate.thermalEv;
  return descriptorResult({
    value: rate.ratePerSecond,
    unit: UNIT,
    convention: `ν = ${prefactorPerSecond.toExponential()} s⁻¹; T = ${temperature} K; total rate out of the site`,
    uncertainty: propagated(given.uncertainty, (rate.ratePerSecond ?? 0) * logarithmicUncertainty),
    parts: {
      barrierEv,
      // Below its own error a barrier is known as small, and no more (§3.9, §13.11).
      ...(barrierEv <= barrierUncertaintyEv && { barrierKnownAs: `≤ ${barrierUncertaintyEv} eV` }),
      temperatureKelvin: temperature,
      prefactorPerSecond,
      barrierOverThermalEnergy: rate.ratio,
      log10Rate: rate.log10Rate,
      logarithmicUncertainty,
      factorFor50Mev: Math.exp(0.05 / rate.thermalEv),
      factorFor100Mev: Math.exp(0.1 / rate.thermalEv),
      thermalFrequencyPerSecond: rate.thermalFrequencyPerSecond,
    },
    issues: rate.issues,
  });
}
