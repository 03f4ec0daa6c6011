// The electronic iterations of OUTCAR.
//
// One blank in `free energy    TOTEN` and in `energy without entropy =`: these lines lack the dispersion energy and are
// not the ones to read.
import { electronCount } from './electrons.mjs';
import { exponential, fixed, integer } from './fortran-format.mjs';
import { ENERGY_RULE, RULE } from './outcar-rule.mjs';
import { seededNoise } from './seeded-noise.mjs';
import { volume } from './vectors.mjs';

/** @typedef {import('./outcar.mjs').Run} Run */
/** @typedef {import('./relaxation.mjs').IonicStep} IonicStep */
/** @typedef {import('./electronic-steps.mjs').Iteration} Iteration */

/** @type {(run: Run, step: IonicStep, iteration: Iteration, number: [number, number]) => string[]} */
export function iterationLines(run, step, iteration, [ionic, electronic]) {
  const electrons = electronCount(run.contents);
  const magnetisation = run.magnetisationBohr === undefined ? '' : fixed(run.magnetisationBohr, 16, 7);
  return [
    `${'-'.repeat(39)} Iteration ${integer(ionic, 6)}(${integer(electronic, 4)})  ${'-'.repeat(39)}`,
    '',
    '',
    '      LOOP:  cpu time    0.1000: real time    0.1000',
    '',
    ` eigenvalue-minimisations  :${integer(iteration.evaluations, 6)}`,
    ` total energy-change (2. order) :${exponential(iteration.changeEv, 14, 7)}  (${exponential(iteration.secondOrderEv, 14, 7)})`,
    ` number of electron${fixed(electrons, 16, 7)} magnetization ${magnetisation}`,
    ` augmentation part ${fixed(electrons / 11, 16, 7)} magnetization ${magnetisation}`,
    '',
    ...(run.settings.dipole ? dipoleLines(run) : []),
    ...sharesOfEnergy(electrons, iteration.freeEnergyEv, step.entropyEv),
    '',
    '',
    RULE,
    '',
    '',
    '',
    '',
  ];
}

/** @type {(run: Run) => string[]} */
function dipoleLines(run) {
  const moment = 0.9 * seededNoise(`${run.folder} dipole`)();
  // Energy of the periodic dipole layer, 2π e² m²/V, with e²/(4πε0) = 14.399645 eV Å.
  const energyEv = (2 * Math.PI * 14.399645 * moment ** 2) / volume(run.contents.cell);
  return [
    ' DIPCOR: dipole corrections for dipol',
    ' direction  3 min pos     1,',
    ` dipolmoment ${fixed(0, 19, 6)}${fixed(0, 14, 6)}${fixed(moment, 14, 6)} electrons x Angstroem`,
    '',
    ' energy correction for charged system         0.000000 eV',
    ` dipol+quadrupol energy correction ${fixed(energyEv, 19, 6)} eV`,
    '',
    '',
  ];
}

/** Shares that add up to TOTEN; only their sum has a meaning. @type {(electrons: number, freeEnergyEv: number, entropyEv: number) => string[]} */
function sharesOfEnergy(electrons, freeEnergyEv, entropyEv) {
  const [alphaZ, ewald, hartree, exchange, paw, pawCounter, atoms] = [3.1, -210, -95, 4.4, 170, -165, 260].map(
    (perElectron) => perElectron * electrons,
  );
  const bands = freeEnergyEv - entropyEv - alphaZ - ewald - hartree - exchange - paw - pawCounter - atoms;
  const withoutEntropyEv = freeEnergyEv - entropyEv;
  return [
    ' Free energy of the ion-electron system (eV)',
    ENERGY_RULE,
    `  alpha Z        PSCENC =${fixed(alphaZ, 19, 8)}`,
    `  Ewald energy   TEWEN  =${fixed(ewald, 19, 8)}`,
    `  -Hartree energ DENC   =${fixed(hartree, 19, 8)}`,
    `  -exchange      EXHF   =${fixed(0, 19, 8)}`,
    `  -V(xc)+E(xc)   XCENC  =${fixed(exchange, 19, 8)}`,
    `  PAW double counting   =${fixed(paw, 19, 8)}${fixed(pawCounter, 18, 8)}`,
    `  entropy T*S    EENTRO =${fixed(entropyEv, 19, 8)}`,
    `  eigenvalues    EBANDS =${fixed(bands, 19, 8)}`,
    `  atomic energy  EATOM  =${fixed(atoms, 19, 8)}`,
    `  Solvation  Ediel_sol  =${fixed(0, 19, 8)}`,
    ENERGY_RULE,
    `  free energy    TOTEN  =${fixed(freeEnergyEv, 19, 8)} eV`,
    '',
    `  energy without entropy =${fixed(withoutEntropyEv, 18, 8)}  energy(sigma->0) =${fixed((freeEnergyEv + withoutEntropyEv) / 2, 18, 8)}`,
  ];
}

/** @type {(run: Run) => string[]} */
export function fermiLine(run) {
  const fermiEv = -1.5 + 0.1 * seededNoise(`${run.folder} fermi`)();
  return [` E-fermi :${fixed(fermiEv, 9, 4)}     XC(G=0):${fixed(-5.5, 9, 4)}     alpha+bet :${fixed(-5, 8, 4)}`, ''];
}
