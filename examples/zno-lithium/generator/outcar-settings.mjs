// The echo of the settings in OUTCAR, in the order and the columns of VASP 5.4.4.
//
// PREC is cut to six letters, EDIFFG has no zero before its point, LREAL = T would mean Auto as well: these are the
// places where a reader of this block goes wrong.
import { electronCount, potcarOf } from './electrons.mjs';
import { column, fixed, integer, logical } from './fortran-format.mjs';
import { RULE } from './outcar-rule.mjs';
import { AUGMENTATION_CUTOFF_EV, CUTOFF_EV, SIGMA_EV } from './settings.mjs';

const RYDBERG_EV = 13.605826;

/** @typedef {import('./outcar.mjs').Run} Run */

/** @type {(run: Run) => string[]} */
export function settingsEcho(run) {
  return [
    ` SYSTEM =  ${column(run.settings.system, 40)}`,
    ` POSCAR =  ${column(run.contents.comment, 40)}`,
    '',
    ...electronicEcho(run),
    ...ionicEcho(run),
    ...speciesEcho(run),
    ...dosAndMixingEcho(),
    ...outputEcho(run),
    '',
    '',
    RULE,
    '',
    '',
    ...methodLines(run),
    '',
    '',
    RULE,
    '',
    '',
  ];
}

/** @type {(run: Run) => string[]} */
function electronicEcho({ settings }) {
  const rydberg = CUTOFF_EV / RYDBERG_EV;
  return [
    ' Startparameter for this run:',
    '   NWRITE =      2    write-flag & timer',
    '   PREC   = accura    normal or accurate (medium, high low for compatibility)',
    '   ISTART =      0    job   : 0-new  1-cont  2-samecut',
    '   ICHARG =      2    charge: 1-file 2-atom 10-const',
    `   ISPIN  =${integer(settings.spin, 7)}    spin polarized calculation?`,
    '   LNONCOLLINEAR =      F non collinear calculations',
    '   LSORBIT =      F    spin-orbit coupling',
    '   INIWAV =      1    electr: 0-lowe 1-rand  2-diag',
    '   LASPH  =      T    aspherical Exc in radial PAW',
    '   METAGGA=      F    non-selfconsistent MetaGGA calc.',
    '',
    ' Electronic Relaxation 1',
    `   ENCUT  =${fixed(CUTOFF_EV, 7, 1)} eV${fixed(rydberg, 7, 2)} Ry${fixed(Math.sqrt(rydberg), 8, 2)} a.u.`,
    `   ENINI  =${fixed(CUTOFF_EV, 7, 1)}     initial cutoff`,
    `   ENAUG  =${fixed(AUGMENTATION_CUTOFF_EV, 7, 1)} eV  augmentation charge cutoff`,
    '   NELM   =    100;   NELMIN=  2; NELMDL= -5     # of ELM steps ',
    '   EDIFF  = 0.1E-04   stopping-criterion for ELM',
    '   LREAL  =      F    real-space projection',
    '   NLSPLINE    = F    spline interpolate recip. space projectors',
    '   LCOMPAT=      F    compatible to vasp.4.4',
    '   GGA_COMPAT  = T    GGA compatible to vasp.4.4-vasp.4.6',
    '   LMAXPAW     = -100 max onsite density',
    '   LMAXMIX     =    2 max onsite mixed and CHGCAR',
    '   VOSKOWN=      0    Vosko Wilk Nusair interpolation',
  ];
}

/** @type {(run: Run) => string[]} */
function ionicEcho({ settings }) {
  const { nsw, ibrion } = settings;
  const blocks = Math.max(nsw, 1);
  return [
    ' Ionic relaxation',
    nsw > 0 ? '   EDIFFG = -.2E-01   stopping-criterion for IOM' : '   EDIFFG = 0.1E-03   stopping-criterion for IOM',
    `   NSW    =${integer(nsw, 7)}    number of steps for IOM`,
    `   NBLOCK =      1;   KBLOCK =${integer(blocks, 7)}    inner block; outer block `,
    `   IBRION =${integer(ibrion, 7)}    ionic relax: 0-MD 1-quasi-New 2-CG`,
    '   NFREE  =      1    steps in history (QN), initial steepest desc. (CG)',
    '   ISIF   =      2    stress and relaxation',
    `   IWAVPR =${integer(nsw > 0 ? 11 : 10, 7)}    prediction:  0-non 1-charg 2-wave 3-comb`,
    '   ISYM   =      0    0-nonsym 1-usesym 2-fastsym',
    '   LCORR  =      T    Harris-Foulkes like correction to forces',
    '',
    '   POTIM  = 0.5000    time-step for ionic-motion',
    '   TEIN   =    0.0    initial temperature',
    '   TEBEG  =    0.0;   TEEND  =   0.0 temperature during run',
    '   SMASS  =  -3.00    Nose mass-parameter (am)',
    '   SCALEE = 1.0000    scale energy and forces',
    '   NPACO  =    256;   APACO  = 16.0  distance and # of slots for P.C.',
    '   PSTRESS=    0.0 pullay stress',
    '',
  ];
}

/** @type {(run: Run) => string[]} */
function speciesEcho({ contents }) {
  const potcars = contents.species.map(({ element }) => potcarOf(element));
  /** @type {(values: number[]) => string} */
  const row = (values) => values.map((value) => fixed(value, 6, 2)).join('');
  return [
    '  Mass of Ions in am',
    `   POMASS = ${row(potcars.map(({ mass }) => mass))}`,
    '  Ionic Valenz',
    `   ZVAL   = ${row(potcars.map(({ valence }) => valence))}`,
    '  Atomic Wigner-Seitz radii',
    `   RWIGS  = ${row(potcars.map(() => -1))}`,
    '  virtual crystal weights ',
    `   VCA    = ${row(potcars.map(() => 1))}`,
    `   NELECT =${fixed(electronCount(contents), 13, 4)}    total number of electrons`,
    '   NUPDOWN=      -1.0000    fix difference up-down',
    '',
  ];
}

/** @type {() => string[]} */
function dosAndMixingEcho() {
  return [
    ' DOS related values:',
    '   EMIN   =  10.00;   EMAX   =-10.00  energy-range for DOS',
    '   EFERMI =   0.00',
    `   ISMEAR =     0;   SIGMA  =${fixed(SIGMA_EV, 7, 2)}  broadening in eV -4-tet -1-fermi 0-gaus`,
    '',
    ' Electronic relaxation 2 (details)',
    '   IALGO  =     38    algorithm',
    '   LDIAG  =      T    sub-space diagonalisation (order eigenvalues)',
    '   LSUBROT=      F    optimize rotation matrix (better conditioning)',
    '   IMIX   =      4    mixing-type and parameters',
    '     AMIX     =   0.40;   BMIX     =  1.00',
    '     AMIX_MAG =   1.60;   BMIX_MAG =  1.00',
    '     AMIN     =   0.10',
    '     WC   =   100.;   INIMIX=   1;  MIXPRE=   1;  MAXMIX= -45',
    '',
  ];
}

/** @type {(run: Run) => string[]} */
function outputEcho({ settings }) {
  return [
    ' Write flags',
    '   LWAVE        =      F    write WAVECAR',
    '   LCHARG       =      F    write CHGCAR',
    '   LVTOT        =      F    write LOCPOT, total local potential',
    '   LVHAR        =      F    write LOCPOT, Hartree potential only',
    '   LELF         =      F    write electronic localiz. function (ELF)',
    `   LORBIT       =${integer(settings.spin === 2 ? 11 : 0, 7)}    0 simple, 1 ext, 2 COOP (PROOUT), +10 PAW based schemes`,
    '',
    '',
    ' Dipole corrections',
    '   LMONO  =      F    monopole corrections only (constant potential shift)',
    `   LDIPOL =${logical(settings.dipole).padStart(7)}    correct potential (dipole corrections)`,
    `   IDIPOL =${integer(settings.dipole ? 3 : 0, 7)}    1-x, 2-y, 3-z, 4-all directions `,
    '   EPSILON=  1.0000000 bulk dielectric constant',
    '',
    ' Exchange correlation treatment:',
    '   GGA     =    PE    GGA type',
    '   LEXCH   =     8    internal setting for exchange type',
    '   VOSKOWN=      0    Vosko Wilk Nusair interpolation',
    '   LHFCALC =     F    Hartree Fock is set to',
    '   LHFONE  =     F    Hartree Fock one center treatment',
    '   AEXX    =    0.0000 exact exchange contribution',
    '',
    ' Linear response parameters',
    '   LEPSILON=     F    determine dielectric tensor',
    '   LRPA    =     F    only Hartree local field effects (RPA)',
    '',
  ];
}

/** @type {(run: Run) => string[]} */
function methodLines({ settings, contents }) {
  const motion = {
    [-1]: ' Static calculation',
    1: ' quasi-Newton-method for relaxation of ions',
    2: ' conjugate gradient relaxation of ions',
  };
  return [
    motion[settings.ibrion],
    ...(contents.free === undefined ? [] : ['   using selective dynamics as specified on POSCAR']),
    ' charge density and potential will be updated during run',
    settings.spin === 2 ? ' spin polarized calculation' : ' non-spin polarized calculation',
    ' Variant of blocked Davidson',
    ' modified Broyden-mixing scheme, WC =      100.0',
    ' use gradient corrections ',
    ' use of overlap-Matrix (Vanderbilt PP)',
    ` Gauss-broadening in eV      SIGMA  =${fixed(SIGMA_EV, 7, 2)}`,
  ];
}
