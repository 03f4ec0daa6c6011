/** The parts of an ionic step of a generated OUTCAR, as VASP 6.3 prints them. */
import type { Random } from '../shared/random.ts';
import { cellBlock, RULE, RULED, type RunShape, slabVolume } from './outcar-header.ts';
import { exponential, fixed, type Slab } from './slab.ts';

const FERMI_EV = 1.2345;

/** One electronic iteration. */
export function iteration(step: number, number: number, energyEv: number, random: Random, spin: boolean): string {
  const moment = spin ? ` magnetization ${fixed(12.345 + 0.001 * random.next(), 15, 7)}` : ' magnetization ';
  const timers = [
    '   POTLOK',
    '   SETDIJ',
    '   EDDIAG',
    ' RMM-DIIS',
    '   ORTHCH',
    '      DOS',
    '   CHARGE',
    '   MIXING',
  ];
  const terms = [
    '  alpha Z        PSCENC =',
    '  Ewald energy   TEWEN  =',
    '  -Hartree energ DENC   =',
    '  -exchange      EXHF   =',
    '  -V(xc)+E(xc)   XCENC  =',
    '  entropy T*S    EENTRO =',
    '  eigenvalues    EBANDS =',
    '  atomic energy  EATOM  =',
    '  Solvation  Ediel_sol  =',
  ];
  const seconds = 5 * random.next();
  return [
    `--------------------------------------- Iteration ${String(step).padStart(6)}(${String(number).padStart(4)})  `,
    '---------------------------------------\n\n\n',
    ...timers.map((name) => ` ${name}:  cpu time${fixed(seconds, 12, 4)}: real time${fixed(seconds * 1.01, 12, 4)}\n`),
    `    --------------------------------------------\n      LOOP:  cpu time${fixed(9 * seconds, 12, 4)}: real time${fixed(9.1 * seconds, 12, 4)}\n\n`,
    ` eigenvalue-minimisations  :  12345\n total energy-change (2. order) :${exponential(-1e-6, 7).padStart(14)}  (${exponential(-2e-7, 7).padStart(14)})\n`,
    ` number of electron ${fixed(720, 15, 7)}${moment}\n augmentation part  ${fixed(475.3, 15, 7)}${moment}\n\n`,
    ' Broyden mixing:\n  rms(total) = 0.12345E-03    rms(broyden)= 0.12300E-03\n  rms(prec ) = 0.43210E-03\n  weight for this iteration     100.00\n\n',
    ' Free energy of the ion-electron system (eV)\n  ---------------------------------------------------\n',
    ...terms.map((name) => `${name} ${fixed(1000 * (random.next() - 0.5), 18, 8)}\n`),
    '  ---------------------------------------------------\n',
    `  free energy    TOTEN  = ${fixed(energyEv, 18, 8)} eV\n\n`,
    `  energy without entropy = ${fixed(energyEv + 0.01, 18, 8)}  energy(sigma->0) = ${fixed(energyEv + 0.005, 18, 8)}\n`,
    RULED,
  ].join('');
}

/** Core potentials, Fermi energy, eigenvalues: what a relaxation prints before its forces, and most of its bytes. */
export function eigenvalues(slab: Slab, shape: RunShape, random: Random): string {
  const cores = Array.from({ length: slab.atoms }, (_, atom) => {
    const end = atom % 5 === 4 ? '\n' : '';
    return `${String(atom + 1).padStart(8)}${fixed(-60 - 30 * random.next(), 9, 4)}${end}`;
  });
  const parts = [
    '\n average (electrostatic) potential at core\n  the test charge radii are     0.9430  0.9791  0.7215\n',
    `  (the norm of the test charge is              1.0000)\n${cores.join('')}\n \n \n \n`,
    ` E-fermi :${fixed(FERMI_EV, 9, 4)}     XC(G=0):${fixed(-12.9237, 9, 4)}     alpha+bet :${fixed(-14.75, 8, 4)}\n\n`,
    ` Fermi energy: ${fixed(FERMI_EV, 20, 10)}\n`,
  ];
  for (let spin = 1; spin <= shape.spin; spin += 1) {
    if (shape.spin === 2) parts.push(`\n spin component ${spin}\n`);
    for (let kpoint = 1; kpoint <= shape.kpoints; kpoint += 1) parts.push(bandTable(kpoint, shape, random));
  }
  parts.push(`\n\n${RULE}\n\n soft charge-density along one line, spin component           1\n`);
  parts.push(
    ' total charge-density along one line\n \n pseudopotential strength for first ion, spin component:           1\n',
  );
  for (let row = 0; row < 18; row += 1) parts.push(`${fixed(random.next() - 0.5, 7, 3)} `.repeat(16), '\n');
  return parts.join('');
}

function bandTable(kpoint: number, { bands, spin }: RunShape, random: Random): string {
  const full = 2 / spin;
  const at = [0.1 * kpoint, 0, 0].map((value) => fixed(value, 10, 4)).join('');
  const rows = Array.from({ length: bands }, (_, band) => {
    const energyEv = -22 + (30 * (band + random.next())) / bands;
    const occupation = energyEv < FERMI_EV ? full : 0;
    return `${String(band + 1).padStart(7)}${fixed(energyEv, 12, 4)}${fixed(occupation, 13, 5)}\n`;
  });
  return `\n k-point ${String(kpoint).padStart(5)} :   ${at}\n  band No.  band energies     occupation \n${rows.join('')}`;
}

/** `total charge`, `magnetization (x)`. */
export function siteTable(title: string, atoms: number, random: Random): string {
  const rows = Array.from({ length: atoms }, (_, atom) => {
    const columns = [random.next(), random.next(), random.next(), 3 * random.next()];
    return `${String(atom + 1).padStart(5)}      ${columns.map((value) => fixed(value, 8, 3)).join('')}\n`;
  });
  const head = '# of ion       s       p       d       tot\n------------------------------------------\n';
  return ` \n\n\n ${title}\n \n${head}${rows.join('')}${'-'.repeat(50)}\ntot        ${fixed(1, 8, 3).repeat(4)}\n`;
}

/** Stress, cell, the force contributions that nobody reads. */
export function stressAndCell(slab: Slab, contributions: string, random: Random): string {
  const row = (): string => Array.from({ length: 6 }, () => fixed(100 * (random.next() - 0.5), 12, 5)).join('');
  const names = ['Ewald  ', 'Hartree', 'E(xc)  ', 'Local  ', 'n-local', 'augment', 'Kinetic', 'Fock   '];
  return [
    '\n  FORCE on cell =-STRESS in cart. coord.  units (eV):\n',
    '  Direction    XX          YY          ZZ          XY          YZ          ZX\n',
    `  ${'-'.repeat(86)}\n${names.map((name) => `  ${name}${row()}\n`).join('')}  ${'-'.repeat(85)}\n`,
    `  Total  ${row()}\n  in kB  ${row()}\n  external pressure = ${fixed(-3.21, 11, 2)} kB  Pullay stress = ${fixed(0, 11, 2)} kB\n\n\n`,
    ` VOLUME and BASIS-vectors are now :\n ${'-'.repeat(77)}\n  energy-cutoff  :      500.00\n`,
    `  volume of cell :${fixed(slabVolume(slab), 12, 2)}\n${cellBlock(slab)} FORCES acting on ions\n`,
    '    electron-ion (+dipol)            ewald-force                    non-local-force                 convergence-correction\n',
    ` ${'-'.repeat(95)}\n${contributions} ${'-'.repeat(95)}\n    0.126E+00 0.855E-01 -.698E-01   -.1 0.2 0.3\n\n\n`,
  ].join('');
}

/** Rows of the four force contributions, which fill as many bytes as the forces. */
export function forceContributions(atoms: number, random: Random): string {
  const number = (): string => exponential(200 * (random.next() - 0.5), 3).padStart(10);
  const row = (): string => `   ${Array.from({ length: 4 }, () => `${number()}${number()}${number()}`).join('   ')}\n`;
  return Array.from({ length: atoms }, row).join('');
}

/** `rows` are x y z fx fy fz of every atom. */
export function forceTable(rows: Float64Array): string {
  const parts = [' POSITION                                       TOTAL-FORCE (eV/Angst)\n', ` ${'-'.repeat(83)}\n`];
  for (let at = 0; at < rows.length; at += 6) {
    for (let column = 0; column < 3; column += 1) parts.push(fixed(rows[at + column] ?? 0, 13, 5));
    parts.push('    ');
    for (let column = 3; column < 6; column += 1) parts.push(fixed(rows[at + column] ?? 0, 14, 6));
    parts.push('\n');
  }
  parts.push(
    ` ${'-'.repeat(83)}\n    total drift:                         ${fixed(0.001, 13, 6)}${fixed(0, 14, 6)}${fixed(0, 14, 6)}\n\n\n${RULE}\n\n`,
  );
  return parts.join('');
}

export function energyBlock(freeEnergyEv: number, entropyEv: number): string {
  return [
    '\n  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)\n  ---------------------------------------------------\n',
    `  free  energy   TOTEN  = ${fixed(freeEnergyEv, 18, 8)} eV\n\n`,
    `  energy  without entropy= ${fixed(freeEnergyEv + 2 * entropyEv, 17, 8)}  energy(sigma->0) = ${fixed(freeEnergyEv + entropyEv, 18, 8)}\n \n`,
  ].join('');
}

export function stepEnd(dynamics: boolean): string {
  const kinetic =
    `\n\n${RULE}\n\n  kinetic energy EKIN   = ${fixed(4.8, 18, 6)}\n` +
    `  kin. lattice  EKIN_LAT= ${fixed(0, 18, 6)}  (temperature${fixed(298.15, 8, 2)} K)\n  total energy   ETOTAL = ${fixed(-500, 18, 6)} eV\n`;
  return `${dynamics ? kinetic : ''}     LOOP+:  cpu time${fixed(41.6, 12, 4)}: real time${fixed(41.7, 12, 4)}\n\n\n`;
}

export const OUTCAR_END = [
  '\n\n General timing and accounting informations for this job:\n ========================================================\n  \n',
  '                  Total CPU time used (sec):     12345.678\n                            User time (sec):     12000.000\n',
  '                          System time (sec):       345.678\n                         Elapsed time (sec):     12350.123\n  \n',
  '                   Maximum memory used (kb):     1234567.\n                   Average memory used (kb):           0.\n',
  '  \n                          Minor page faults:       123456\n                 Voluntary context switches:         1234\n',
].join('');
