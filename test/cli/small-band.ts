/**
 * The path of SCIENCE §3.6 as the files of an NEB folder: one Li atom moves 3.2 Å past a fixed O atom in five images,
 * energies 0, .10, .24, .15, .03 eV above −10 eV and forces −dE/ds 0, −.24, −.05, .21, 0 eV/Å. TOTEN lies 1 eV below
 * energy(sigma->0) everywhere. The ends hold a POSCAR; their relaxations are written apart. In the words of VASP 5.4.4
 * with the VTST patch; only the blocks that are read.
 */

const STEP_ANGSTROM = 0.8;
const ENERGIES_EV = [0, 0.1, 0.24, 0.15, 0.03];
const FORCES_EV_PER_ANGSTROM = [0, -0.24, -0.05, 0.21, 0];
const LAST = 4;

/** POSCAR of an image. */
export function bandPoscar(image: number, shiftAngstrom = 0): string {
  const x = (1 + image * STEP_ANGSTROM + shiftAngstrom) / 10;
  return `Li O
1.0
 10.0 0.0 0.0
 0.0 11.0 0.0
 0.0 0.0 12.0
 Li O
 1 1
Selective dynamics
Direct
 ${x.toFixed(9)} 0.5 0.25 T T T
 0.5 0.5 0.1 F F F
`;
}

/** OUTCAR of an image between the ends. */
export function bandOutcar(image: number, ending = COMPLETE): string {
  const projection = (FORCES_EV_PER_ANGSTROM[image] ?? 0).toFixed(6).padStart(12);
  return `${head('  IBRION =      3    ionic relax: 0-MD 1-quasi-New 2-CG')}${step(image)} NEB: projections on to tangent (spring, REAL)     0.001000${projection}

  FORCES: max atom, RMS     0.010000    0.005000
${ending}`;
}

/** OUTCAR of the relaxation behind an end of the band. */
export function relaxationOutcar(image: number, cutoffEv = 520): string {
  const text = head('  IBRION =      2    ionic relax: 0-MD 1-quasi-New 2-CG').replace('520.0', cutoffEv.toFixed(1));
  return `${text}${step(image)} reached required accuracy - stopping structural energy minimisation\n${COMPLETE}`;
}

/** OSZICAR of the relaxation behind an end of the band. */
export function relaxationOszicar(image: number): string {
  const [free, sigma0] = energies(image);
  return `       N       E                     dE             d eps       ncg     rms          rms(c)
DAV:   1    ${free.toExponential(8)}   -0.46706E-04   -0.43789E-04   152   0.526E-02
   1 F= ${free.toExponential(8)} E0= ${sigma0.toExponential(8)}  d E =-.219187E-01
`;
}

/** The files of the band, with its relaxed ends in folders beside it. */
export function bandFiles(): Record<string, string> {
  const files: Record<string, string> = {
    'path/INCAR': 'IMAGES = 3\nSPRING = -5\nLCLIMB = .FALSE.\n',
    'start/OUTCAR': relaxationOutcar(0),
    'end/OUTCAR': relaxationOutcar(LAST),
  };
  for (let image = 0; image <= LAST; image += 1) {
    files[`path/0${image}/POSCAR`] = bandPoscar(image);
    if (image > 0 && image < LAST) files[`path/0${image}/OUTCAR`] = bandOutcar(image);
  }
  return files;
}

function energies(image: number): readonly [freeEv: number, sigma0Ev: number] {
  const sigma0 = (ENERGIES_EV[image] ?? 0) - 10;
  return [sigma0 - 1, sigma0];
}

const COMPLETE = ` General timing and accounting informations for this job:
                         Elapsed time (sec):       12.500
   Voluntary context switches:           10
`;

function head(ionic: string): string {
  return ` vasp.5.4.4.18Apr17-6-g9f103f2a35 (build Jan 01 2020 00:00:00) complex
 POTCAR:    PAW_PBE Li_sv 10Sep2004
 POTCAR:    PAW_PBE O 08Apr2002
   VRHFIN =Li: 1s2s2p
   TITEL  = PAW_PBE Li_sv 10Sep2004
   POMASS =    7.010; ZVAL   =    3.000    mass and valenz
   VRHFIN =O: s2p4
   TITEL  = PAW_PBE O 08Apr2002
   POMASS =   16.000; ZVAL   =    6.000    mass and valenz
   number of dos      NEDOS =    301   number of ions     NIONS =      2
   ions per type =               1   1
   ENCUT  =  520.0 eV
   NELM   =     60;   NELMIN=  2; NELMDL= -5     # of ELM steps
   EDIFF  = 0.1E-04   stopping-criterion for ELM
   EDIFFG = -.3E-01   stopping-criterion for IOM
   NSW    =     10    number of steps for IOM
 ${ionic}
   ISMEAR =     0;   SIGMA  =   0.05  broadening in eV -4-tet -1-fermi 0-gaus
`;
}

function step(image: number): string {
  const [free, sigma0] = energies(image).map((energy) => energy.toFixed(8).padStart(17));
  // F + TS: as far above sigma->0 as TOTEN lies below.
  const withoutEntropy = (energies(image)[1] + 1).toFixed(8).padStart(16);
  const x = (1 + image * STEP_ANGSTROM).toFixed(5).padStart(13);
  const force = (FORCES_EV_PER_ANGSTROM[image] ?? 0).toFixed(6).padStart(14);
  return `--------------------------------------- Iteration      1(   1)  ---------------------------------------
 total energy-change (2. order) : 0.1000000E-06  ( 0.1000000E-06)
------------------------ aborting loop because EDIFF is reached ----------------------------------------
  volume of cell :     1320.00
      direct lattice vectors                 reciprocal lattice vectors
    10.000000000  0.000000000  0.000000000     0.100000000  0.000000000  0.000000000
     0.000000000 11.000000000  0.000000000     0.000000000  0.090909091  0.000000000
     0.000000000  0.000000000 12.000000000     0.000000000  0.000000000  0.083333333

 POSITION                                       TOTAL-FORCE (eV/Angst)
 -----------------------------------------------------------------------------------
${x}      5.50000      3.00000${force}      0.000000      0.000000
      5.00000      5.50000      1.20000      0.000000      0.000000      0.000000
 -----------------------------------------------------------------------------------
    total drift:                                0.000000      0.000000      0.000000

  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)
  ---------------------------------------------------
  free  energy   TOTEN  =  ${free} eV

  energy  without entropy=  ${withoutEntropy}  energy(sigma->0) =  ${sigma0}

`;
}
