/**
 * A small OUTCAR in the words of VASP 5.4.4: one Zn and one O atom in a hexagonal cell, one ionic step per entry.
 * Written for the tests; only the blocks that are read.
 */

export interface SmallStep {
  readonly freeEnergyEv: number;
  /** Zn, then O. */
  readonly forcesEvPerAngstrom: readonly (readonly [number, number, number])[];
}

export const TWO_STEPS: readonly SmallStep[] = [
  {
    freeEnergyEv: -8.5,
    forcesEvPerAngstrom: [
      [0, 0.6, 0],
      [0, -0.6, 0],
    ],
  },
  {
    freeEnergyEv: -9.25,
    forcesEvPerAngstrom: [
      [0, 0.06, 0],
      [0.3, -0.4, 1.2],
    ],
  },
];

export function smallOutcar(steps: readonly SmallStep[] = TWO_STEPS, ending = COMPLETE): string {
  return HEADER + steps.map(stepText).join('') + ending;
}

/** POSCAR of the same atoms: Zn may move along a and c, O is fixed. */
export const SMALL_POSCAR = `ZnO
1.0
 3.0 0.0 0.0
 -1.5 2.598076211353316 0.0
 0.0 0.0 20.0
 Zn O
 1 1
Selective dynamics
Direct
 0.0 0.0 0.0 T F T
 0.0 0.0 0.1 F F F
`;

const COMPLETE = ` General timing and accounting informations for this job:
                         Elapsed time (sec):       12.500
   Voluntary context switches:           10
`;

const HEADER = ` vasp.5.4.4.18Apr17-6-g9f103f2a35 (build Jan 01 2020 00:00:00) complex
 POTCAR:    PAW_PBE Zn 06Sep2000
 POTCAR:    PAW_PBE O 08Apr2002
   VRHFIN =Zn: d10 p2
   TITEL  = PAW_PBE Zn 06Sep2000
   POMASS =   65.390; ZVAL   =   12.000    mass and valenz
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
   IBRION =      2    ionic relax: 0-MD 1-quasi-New 2-CG
   ISMEAR =     0;   SIGMA  =   0.05  broadening in eV -4-tet -1-fermi 0-gaus
`;

const CELL = `  volume of cell :      155.88
      direct lattice vectors                 reciprocal lattice vectors
     3.000000000  0.000000000  0.000000000     0.333333333  0.192450090  0.000000000
    -1.500000000  2.598076211  0.000000000     0.000000000  0.384900179  0.000000000
     0.000000000  0.000000000 20.000000000     0.000000000  0.000000000  0.050000000
`;

function stepText({ freeEnergyEv, forcesEvPerAngstrom }: SmallStep, index: number): string {
  const energy = freeEnergyEv.toFixed(8);
  const rows = forcesEvPerAngstrom.map(([x, y, z], atom) => {
    const position = `      0.00000      0.00000     ${(2 * atom).toFixed(5)}`;
    return `${position}    ${[x, y, z].map((value) => value.toFixed(6).padStart(13)).join(' ')}`;
  });
  return `--------------------------------------- Iteration ${String(index + 1).padStart(6)}(   1)  ---------------------------------------
 total energy-change (2. order) : 0.1000000E-06  ( 0.1000000E-06)
------------------------ aborting loop because EDIFF is reached ----------------------------------------
${CELL}
 POSITION                                       TOTAL-FORCE (eV/Angst)
 -----------------------------------------------------------------------------------
${rows.join('\n')}
 -----------------------------------------------------------------------------------
    total drift:                                0.000000      0.000000      0.000000

  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)
  ---------------------------------------------------
  free  energy   TOTEN  =  ${energy.padStart(17)} eV

  energy  without entropy=  ${energy.padStart(16)}  energy(sigma->0) =  ${energy.padStart(16)}

`;
}
