// The electronic iterations of an ionic step, the same numbers for OUTCAR and OSZICAR.
//
// The electronic energies lack the pair dispersion (IVDW > 0), which only the ionic block contains; whoever takes the last
// electronic TOTEN is off by Edisp. With LDIPOL = T the dipole energy is part of the potential and of every iteration.
import { CUTOFF_EV } from './settings.mjs';

/** @typedef {{ freeEnergyEv: number, changeEv: number, secondOrderEv: number, evaluations: number, residual: number, densityResidual: number | undefined }} Iteration */

/** Above the converged energy, eV, of a first and of a later ionic step; the last two differ by less than EDIFF. */
const FIRST_STEP_ABOVE_EV = [412.7, 8.31, -0.947, 0.0218, 0.000004, 0];
const LATER_STEP_ABOVE_EV = [0.0364, -0.0041, 0.0000037, 0];

/** @type {(stepIndex: number, electronicFreeEnergyEv: number, bands: number) => Iteration[]} */
export function electronicIterations(stepIndex, electronicFreeEnergyEv, bands) {
  const above = stepIndex === 0 ? FIRST_STEP_ABOVE_EV : LATER_STEP_ABOVE_EV;
  // A first energy is counted from zero, a later one from the energy before the atoms moved.
  let previousEv = stepIndex === 0 ? 0 : electronicFreeEnergyEv + 0.041;
  return above.map((aboveEv, index) => {
    const freeEnergyEv = electronicFreeEnergyEv + aboveEv;
    const changeEv = freeEnergyEv - previousEv;
    previousEv = freeEnergyEv;
    return {
      freeEnergyEv,
      changeEv,
      secondOrderEv: changeEv * 0.9,
      evaluations: bands * (index + 4),
      residual: (CUTOFF_EV / 10) * 10 ** -index,
      densityResidual: index === above.length - 1 ? undefined : 4 * 10 ** -index,
    };
  });
}
