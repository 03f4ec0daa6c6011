/**
 * Rate of a thermally activated hop, for the descriptors that start from a barrier (SCIENCE §3.9).
 *
 * The mistake avoided here: a rate of exactly 0 for a high barrier or a low temperature. The exponential is then below
 * the smallest number of the machine; its logarithm is still known and is what can be told.
 */
import { BOLTZMANN_EV_PER_KELVIN, PLANCK_EV_SECONDS } from '../../model/constants.ts';
import { type Issue, issue } from '../../model/issues.ts';

/** ν of a hop when nothing better is known: between 1e12 and 1e13 s⁻¹ (SCIENCE §13.4). */
export const DEFAULT_PREFACTOR_PER_SECOND = 1e13;
/** 1σ of a DFT barrier (§10.5). */
export const BARRIER_UNCERTAINTY_EV = 0.05;
/** Below this many kT an atom does not come to rest between two hops (§3.9). */
const LOWEST_VALID_RATIO = 4;

export interface Activation {
  readonly barrierEv: number;
  readonly prefactorPerSecond: number;
  readonly temperatureKelvin: number;
}

export interface ThermalRate {
  /** Absent when it is below the smallest number. */
  readonly ratePerSecond?: number;
  readonly thermalEv: number;
  /** E_f/kT. */
  readonly ratio: number;
  readonly log10Rate: number;
  /** kT/h, the universal frequency of transition-state theory. */
  readonly thermalFrequencyPerSecond: number;
  readonly issues: readonly Issue[];
}

export function thermalRate({ barrierEv, prefactorPerSecond, temperatureKelvin }: Activation): ThermalRate {
  const thermalEv = BOLTZMANN_EV_PER_KELVIN * temperatureKelvin;
  const ratio = barrierEv / thermalEv;
  const ratePerSecond = prefactorPerSecond * Math.exp(-ratio);
  const log10Rate = Math.log10(prefactorPerSecond) - ratio * Math.LOG10E;
  return {
    ...(ratePerSecond > 0 && { ratePerSecond }),
    thermalEv,
    ratio,
    log10Rate,
    thermalFrequencyPerSecond: thermalEv / PLANCK_EV_SECONDS,
    issues: [
      ...(ratio < LOWEST_VALID_RATIO ? [issue('W_TST_INVALID', { barrierEv, thermalEv, ratio })] : []),
      ...(ratePerSecond > 0 ? [] : [tooSlow(log10Rate)]),
    ],
  };
}

function tooSlow(log10Rate: number): Issue {
  const reason = `the rate is 10^${log10Rate.toFixed(0)} s⁻¹, below any number that can be given`;
  return issue('E_INPUT', { input: 'barrierEv, temperatureKelvin', reason });
}
