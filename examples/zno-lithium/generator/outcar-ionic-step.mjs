// One ionic step of OUTCAR: electronic iterations, dispersion, stress, forces, and the ionic block that counts.
//
// F, E and E0 of the ionic block contain the dispersion energy printed before it; the electronic iterations do not.
// ISMEAR = 0: E0 = (F + E)/2.
import { electronicIterations } from './electronic-steps.mjs';
import { bandCount } from './electrons.mjs';
import { fixed } from './fortran-format.mjs';
import { cellLines } from './outcar-cell.mjs';
import { fermiLine, iterationLines } from './outcar-electronic.mjs';
import { ENERGY_RULE, FORCE_RULE, RULE } from './outcar-rule.mjs';
import { seededNoise } from './seeded-noise.mjs';
import { wrapped } from './structure-files.mjs';
import { combine, volume } from './vectors.mjs';

/** @typedef {import('./outcar.mjs').Run} Run */
/** @typedef {import('./relaxation.mjs').IonicStep} IonicStep */
/** @typedef {import('./electronic-steps.mjs').Iteration} Iteration */

/** 1 eV/Å³ in kBar. */
const KBAR_PER_EV_PER_ANGSTROM3 = 1602.176634;

/** F. @type {(step: IonicStep) => number} */
export const freeEnergy = (step) => step.sigma0Ev + step.entropyEv / 2;

/** @type {(run: Run, step: IonicStep, index: number) => Iteration[]} */
export function iterationsOf(run, step, index) {
  return electronicIterations(index, freeEnergy(step) - step.dispersionEv, bandCount(run.contents));
}

/** @type {(run: Run, step: IonicStep, index: number) => string[]} */
export function ionicStepLines(run, step, index) {
  const iterations = iterationsOf(run, step, index);
  return [
    ...iterations.flatMap((iteration, number) => iterationLines(run, step, iteration, [index + 1, number + 1])),
    ...fermiLine(run),
    '',
    '------------------------ aborting loop because EDIFF is reached ----------------------------------------',
    '',
    '',
    ...(run.magnetisationBohr === undefined ? [] : magnetisationTable(run.magnetisationBohr)),
    ...dispersionLines(step.dispersionEv),
    ...stressLines(run, step, index),
    ' VOLUME and BASIS-vectors are now :',
    ` ${'-'.repeat(77)}`,
    ...cellLines(run.contents.cell, volume(run.contents.cell)),
    '',
    '',
    ...forceTable(run, step),
    ...energyBlock(step),
  ];
}

/** @type {(magnetisationBohr: number) => string[]} */
function magnetisationTable(magnetisationBohr) {
  /** @type {(label: string) => string} */
  const row = (label) =>
    `${label}${[0.93, 0.07, 0, 1].map((share) => fixed(share * magnetisationBohr, 8, 3)).join('')}`;
  return [
    '',
    ' magnetization (x)',
    ' ',
    '# of ion       s       p       d       tot',
    '------------------------------------------',
    row('    1    '),
    '--------------------------------------------------',
    row('tot      '),
    ' ',
  ];
}

/** @type {(dispersionEv: number) => string[]} */
function dispersionLines(dispersionEv) {
  const [dipole, quadrupole] = [0.57 * dispersionEv, 0.43 * dispersionEv];
  return [
    ` ${'-'.repeat(93)}`,
    '',
    '         DFTD3 V3.0 Rev 1        ',
    ' IVDW         = 12',
    ' DF pbe       ',
    ' parameters',
    ' VDW_S6       =    1.0000',
    ' VDW_S8       =    0.7875',
    ' VDW_A1       =    0.4289',
    ' VDW_A2       =    4.4407',
    ' k1-k3        =   16.0000    1.3333   -4.0000',
    ' VDW_RADIUS   =   50.2022 A',
    ' VDW_CNRADIUS =   21.1671 A',
    ` Edisp (eV)${fixed(dispersionEv, 11, 5)}`,
    '',
    ` E6    (eV) :${fixed(dipole, 11, 4)}`,
    ` E8    (eV) :${fixed(quadrupole, 11, 4)}`,
    ' % E8        : 43.00',
    '',
  ];
}

/** @type {(run: Run, step: IonicStep, index: number) => string[]} */
function stressLines({ folder, contents }, step, index) {
  const noise = seededNoise(`${folder} stress ${index}`);
  const size = contents.free === undefined ? 0.02 : 2;
  const stressEv = Array.from({ length: 6 }, (_, component) => (component < 3 ? size : size / 20) * noise());
  const kbar = stressEv.map((value) => (value * KBAR_PER_EV_PER_ANGSTROM3) / volume(contents.cell));
  /** @type {(values: number[]) => string} */
  const row = (values) => values.map((value) => fixed(value, 12, 5)).join('');
  return [
    '  FORCE on cell =-STRESS in cart. coord.  units (eV):',
    '  Direction    XX          YY          ZZ          XY          YZ          ZX',
    `  ${'-'.repeat(86)}`,
    `  vdW    ${row([1.1, 1.1, 0.9, 0, 0, 0].map((share) => share * step.dispersionEv))}`,
    `  ${'-'.repeat(85)}`,
    `  Total  ${row(stressEv)}`,
    `  in kB  ${row(kbar)}`,
    `  external pressure =${fixed((kbar[0] + kbar[1] + kbar[2]) / 3, 12, 2)} kB  Pullay stress =${fixed(0, 12, 2)} kB`,
    '',
    '',
  ];
}

/** @type {(run: Run, step: IonicStep) => string[]} */
function forceTable({ contents }, step) {
  const rows = wrapped(step.fractional).map((fractional, index) => {
    const position = combine(contents.cell, fractional).map((value) => fixed(value, 13, 5));
    const [x, y, z] = step.forces[index];
    return `${position.join('')}${fixed(x, 17, 6)}${fixed(y, 14, 6)}${fixed(z, 14, 6)}`;
  });
  return [
    ' POSITION                                       TOTAL-FORCE (eV/Angst)',
    FORCE_RULE,
    ...rows,
    FORCE_RULE,
    `${'    total drift:'.padEnd(42)}${fixed(0.0004, 14, 6)}${fixed(-0.0007, 14, 6)}${fixed(0.0011, 14, 6)}`,
    '',
    '',
    RULE,
    '',
    '',
    '',
  ];
}

/** @type {(step: IonicStep) => string[]} */
function energyBlock(step) {
  const freeEv = freeEnergy(step);
  return [
    '  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)',
    ENERGY_RULE,
    `  free  energy   TOTEN  =${fixed(freeEv, 19, 8)} eV`,
    '',
    `  energy  without entropy=${fixed(freeEv - step.entropyEv, 18, 8)}  energy(sigma->0) =${fixed(step.sigma0Ev, 18, 8)}`,
    ' ',
    '',
    '',
    RULE,
    '',
    '',
  ];
}
