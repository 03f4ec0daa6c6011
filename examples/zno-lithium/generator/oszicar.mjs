// OSZICAR: the electronic iterations, and one line with F and E0 per ionic step.
//
// The E column of an iteration lacks the dispersion energy, F and E0 contain it.
import { exponential, exponentialTight, fixed, integer } from './fortran-format.mjs';

const HEADING = '       N       E                     dE             d eps       ncg     rms          rms(c)';

/**
 * @typedef {object} OszicarStep
 * @property {import('./electronic-steps.mjs').Iteration[]} iterations
 * @property {number} freeEnergyEv
 * @property {number} sigma0Ev
 * @property {number | undefined} magnetisationBohr
 */

/** @type {(steps: OszicarStep[]) => string} */
export function oszicarText(steps) {
  const lines = steps.flatMap((step, index) => [
    HEADING,
    ...step.iterations.map(iterationLine),
    summaryLine(index + 1, step, step.freeEnergyEv - (steps[index - 1]?.freeEnergyEv ?? 0)),
  ]);
  return `${lines.join('\n')}\n`;
}

/** @type {(iteration: import('./electronic-steps.mjs').Iteration, index: number) => string} */
function iterationLine(iteration, index) {
  const { freeEnergyEv, changeEv, secondOrderEv, evaluations, residual, densityResidual } = iteration;
  const energies = `${exponential(freeEnergyEv, 23, 12)}${exponential(changeEv, 15, 5)}${exponential(secondOrderEv, 15, 5)}`;
  const density = densityResidual === undefined ? '' : exponential(densityResidual, 13, 3);
  return `DAV:${integer(index + 1, 4)}${energies}${integer(evaluations, 6)}${exponential(residual, 12, 3)}${density}`;
}

/** @type {(number: number, step: OszicarStep, changeEv: number) => string} */
function summaryLine(number, { freeEnergyEv, sigma0Ev, magnetisationBohr }, changeEv) {
  const energies = `F= ${exponentialTight(freeEnergyEv, 14, 8)} E0= ${exponentialTight(sigma0Ev, 14, 8)}`;
  const magnetisation = magnetisationBohr === undefined ? '' : `  mag=${fixed(magnetisationBohr, 11, 4)}`;
  return `${integer(number, 4)} ${energies}  d E =${exponentialTight(changeEv, 12, 6)}${magnetisation}`;
}
