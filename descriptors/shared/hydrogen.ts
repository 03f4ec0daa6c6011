/**
 * Hydrogen on a surface: what its adsorption energy becomes as a free energy, and when the surface is covered with it
 * (SCIENCE §6.1, §6.3).
 *
 * The mistake avoided here: one offset for every surface. +0.24 eV was calibrated on metals at 298 K; where zero-point
 * energies are known they are used instead, and where they are not it is told that the offset was carried over.
 */
import { BOLTZMANN_EV_PER_KELVIN, ROOM_TEMPERATURE_KELVIN } from '../../model/constants.ts';
import { type Issue, issue } from '../../model/issues.ts';

/** 1σ of ΔG_H* (SCIENCE §10.5). */
export const HYDROGEN_UNCERTAINTY_EV = 0.1;
/** ΔZPE − TΔS on metals at 298 K: Nørskov et al., J. Electrochem. Soc. 152, J23 (2005). */
export const METAL_OFFSET_EV = 0.24;
/** S° of H₂ gas, so that ½TS° is 0.20 eV at 298.15 K (§6.1). */
export const HYDROGEN_ENTROPY_EV_PER_KELVIN = (2 * 0.2) / ROOM_TEMPERATURE_KELVIN;
/** ΔG_H* below this: the surface is covered with hydrogen (§6.3). */
const POISONED_EV = -0.5;
/** −0.74 + 0.24 is not −0.5 in binary. */
const EDGE_EV = 1e-9;

export function poisoned(freeEnergyEv: number | undefined): Issue[] {
  if (freeEnergyEv === undefined || freeEnergyEv >= POISONED_EV - EDGE_EV) return [];
  return [issue('W_H_POISONED', { valueEv: freeEnergyEv })];
}

/** Computational hydrogen electrode: what H⁺ + e⁻ → H* costs more than ½H₂ → H*, at U against SHE and pH, eV. */
export function protonElectronEv(potentialVolt: number, ph: number, temperatureKelvin: number): number {
  return potentialVolt + BOLTZMANN_EV_PER_KELVIN * temperatureKelvin * Math.LN10 * ph;
}
