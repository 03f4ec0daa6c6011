/** The head of a generated OUTCAR, as VASP 6.3 prints it: potentials, settings, cell, k-points, starting positions. */
import { fixed, type Slab } from './slab.ts';

export interface RunShape {
  /** Electronic steps of an ionic step, on average. */
  readonly electronicSteps: number;
  readonly kpoints: number;
  readonly bands: number;
  readonly spin: 1 | 2;
  /** Molecular dynamics with NWRITE = 0 and no eigenvalues but in the first and last step; else a relaxation. */
  readonly dynamics: boolean;
}

export const RULE = `${'-'.repeat(104)}\n`;
export const RULED = `\n\n${RULE}\n\n`;

export function outcarHeader(slab: Slab, shape: RunShape): string {
  return [
    ' vasp.6.3.0 20Jan22 (build Apr 09 2022 18:33:31) complex                         \n  \n',
    ' executed on             LinuxIFC date 2024.11.17  01:28:22\n running on   64 total cores\n',
    RULED,
    inputEcho(shape),
    // Twice, as VASP does: ASE takes every second one.
    ...slab.types.map(({ element }) => potcarLine(element)),
    ...slab.types.map(({ element, valence }) => potential(element, valence)),
    ` \n POSCAR: generated slab\n  positions in direct lattice\n  No initial velocities read in\n${RULED}`,
    neighbours(slab),
    kpointList(shape),
    RULED,
    parameters(slab, shape),
    RULED,
    '  energy-cutoff  :      500.00\n',
    `  volume of cell :${fixed(slabVolume(slab), 12, 2)}\n`,
    cellBlock(slab),
    reciprocalPoints(shape),
    ' \n position of ions in fractional coordinates (direct lattice) \n',
    ...slab.fractional.map((row) => positionRow(row)),
    ' \n position of ions in cartesian coordinates  (Angst):\n',
    ...slab.fractional.map((row) => positionRow(cartesian(slab, row))),
    ` \n${RULED}`,
    planeWaves(shape),
  ].join('');
}

export function cartesian(slab: Slab, [x, y, z]: readonly [number, number, number]): [number, number, number] {
  const [a, b, c] = slab.lattice;
  if (a === undefined || b === undefined || c === undefined) throw new Error('a cell has three vectors');
  return [x * a[0] + y * b[0] + z * c[0], x * a[1] + y * b[1] + z * c[1], x * a[2] + y * b[2] + z * c[2]];
}

/** `direct lattice vectors` beside the reciprocal ones; of a cell that is lower triangular but for rounding. */
export function cellBlock(slab: Slab): string {
  const rows = slab.lattice.map((vector) => {
    const numbers = [...vector, ...vector.map((value) => (value === 0 ? 0 : 1 / value))];
    return `  ${numbers.map((value) => fixed(value, 13, 9)).join('')}\n`;
  });
  const title = '      direct lattice vectors                 reciprocal lattice vectors\n';
  const lengths = slab.lattice.map((vector) => Math.hypot(...vector));
  const both = [...lengths, ...lengths.map((length) => 1 / length)];
  return `${title}${rows.join('')}\n  length of vectors\n  ${both.map((value) => fixed(value, 13, 9)).join('')}\n\n\n`;
}

export function slabVolume({ lattice }: Slab): number {
  return (lattice[0]?.[0] ?? 0) * (lattice[1]?.[1] ?? 0) * (lattice[2]?.[2] ?? 0);
}

function inputEcho(shape: RunShape): string {
  const tags = {
    SYSTEM: 'generated',
    PREC: 'Accurate',
    ENCUT: '500',
    ISMEAR: '1',
    SIGMA: '0.1',
    EDIFF: '1E-5',
    NELM: '60',
    ISPIN: String(shape.spin),
    IBRION: shape.dynamics ? '0' : '2',
    NSW: '99999',
    NWRITE: shape.dynamics ? '0' : '2',
  };
  const lines = Object.entries(tags).map(([tag, value]) => `   ${tag} = ${value}\n`);
  return ` INCAR:\n${lines.join('')}`;
}

function potcarLine(element: string): string {
  return ` POTCAR:    PAW_PBE ${element} 08Apr2002                    \n`;
}

function potential(element: string, valence: number): string {
  return [
    potcarLine(element),
    `   VRHFIN =${element}: s2p4                                                 \n   LEXCH  = PE                    \n`,
    '   EATOM  =   432.3788 eV,   31.7789 Ry                         \n',
    `   TITEL  = PAW_PBE ${element} 08Apr2002                                \n`,
    '   LULTRA =        F    use ultrasoft PP ?                          \n',
    `   POMASS =${fixed(5 * valence, 9, 3)}; ZVAL   =${fixed(valence, 9, 3)}    mass and valenz               \n`,
    '   ENMAX  =  400.000; ENMIN  =  300.000 eV                          \n',
    '   EAUG   =  605.392                                            \n',
    '    PAW grid and wavefunctions read in\n \n   number of l-projection  operators is LMAX  =           4\n \n',
  ].join('');
}

function neighbours({ fractional }: Slab): string {
  const rows = fractional.map((row, atom) => {
    const place = row.map((value) => fixed(value, 7, 3)).join('');
    return `${String(atom + 1).padStart(4)}${place}-   1 2.01   2 2.35   3 2.65\n`;
  });
  return ` ion  position               nearest neighbor table\n${rows.join('')} \n\n`;
}

function kpointList({ kpoints }: RunShape): string {
  const rows = Array.from({ length: kpoints }, (_, index) => {
    const at = (index + 0.5) / (2 * kpoints);
    return ` ${[at, 0, 0].map((value) => fixed(value, 9, 6)).join(' ')}      2.000000\n`;
  });
  return [
    ' KPOINTS: Automatic mesh\n\nAutomatic generation of k-mesh.\n',
    ` \n Found ${String(kpoints).padStart(6)} irreducible k-points:\n \n Following reciprocal coordinates:\n`,
    `            Coordinates               Weight\n${rows.join('')}`,
  ].join('');
}

function reciprocalPoints({ kpoints }: RunShape): string {
  const rows = Array.from({ length: kpoints }, (_, index) => {
    const at = [(index + 0.5) / (2 * kpoints), 0, 0];
    return `  ${at.map((value) => fixed(value, 12, 8)).join('')} ${fixed(1 / kpoints, 11, 3)}\n`;
  });
  return ` k-points in reciprocal lattice and weights: Automatic mesh\n${rows.join('')}`;
}

function planeWaves({ kpoints }: RunShape): string {
  const rows = Array.from({ length: kpoints }, (_, index) => {
    const at = [(index + 0.5) / (2 * kpoints), 0, 0].map((value) => fixed(value, 7, 4)).join('');
    return ` k-point ${String(index + 1).padStart(3)} :  ${at}  plane waves:  ${24_000 + index}\n`;
  });
  return `${rows.join('')}\n maximum and minimum number of plane-waves per node :     24100    23950\n\n maximum number of plane-waves:     24100\n${RULED}`;
}

function parameters(slab: Slab, shape: RunShape): string {
  const electrons = slab.types.reduce((total, { valence, count }) => total + valence * count, 0);
  const count = (value: number): string => String(value).padStart(7);
  const valences = slab.types.map(({ valence }) => fixed(valence, 6, 2)).join('');
  return [
    `\n\n Dimension of arrays:\n   k-points           NKPTS =${count(shape.kpoints)}   k-points in BZ     NKDIM =${count(shape.kpoints)}`,
    `   number of bands    NBANDS=${count(shape.bands)}\n`,
    `   number of dos      NEDOS =    301   number of ions     NIONS =${count(slab.atoms)}\n`,
    '   non local maximal  LDIM  =      6   non local SUM 2l+1 LMDIM =     18\n   total plane-waves  NPLWV = 157464\n',
    '   dimension x,y,z NGX =    54 NGY =   54 NGZ =   80\n   dimension x,y,z NGXF=   108 NGYF=  108 NGZF=  160\n',
    `   ions per type =            ${slab.types.map(({ count: ions }) => String(ions).padStart(4)).join('')}\n\n`,
    ' SYSTEM =  generated\n POSCAR =  generated slab\n\n Startparameter for this run:\n',
    `   NWRITE =      ${shape.dynamics ? 0 : 2}    write-flag & timer\n   PREC   = accura    normal or accurate (medium, high low for compatibility)\n`,
    '   ISTART =      0    job   : 0-new  1-cont  2-samecut\n   ICHARG =      2    charge: 1-file 2-atom 10-const\n',
    `   ISPIN  =      ${shape.spin}    spin polarized calculation?\n   LNONCOLLINEAR =      F non collinear calculations\n`,
    '   LSORBIT =      F    spin-orbit coupling\n\n Electronic Relaxation 1\n',
    '   ENCUT  =  500.0 eV  36.75 Ry    6.06 a.u.  13.51 13.51 23.51*2*pi/ulx,y,z\n',
    '   NELM   =     60;   NELMIN=  2; NELMDL= -5     # of ELM steps \n',
    '   EDIFF  = 0.1E-04   stopping-criterion for ELM\n   LREAL  =      F    real-space projection\n Ionic relaxation\n',
    '   EDIFFG = -.2E-01   stopping-criterion for IOM\n   NSW    =  99999    number of steps for IOM\n',
    `   IBRION =      ${shape.dynamics ? 0 : 2}    ionic relax: 0-MD 1-quasi-New 2-CG\n   ISIF   =      2    stress and relaxation\n`,
    '   ISYM   =      0    0-nonsym 1-usesym 2-fastsym\n   PSTRESS=      0.0 pullay stress\n\n',
    `  Ionic Valenz\n   ZVAL   =${valences}\n   NELECT =${fixed(electrons, 13, 4)}    total number of electrons\n\n`,
    ' DOS related values:\n   ISMEAR =     1;   SIGMA  =   0.10  broadening in eV -4-tet -1-fermi 0-gaus\n\n',
    ' Exchange correlation treatment:\n   GGA     =    --    GGA type\n   LHFCALC =     F    Hartree Fock is set to\n\n',
  ].join('');
}

function positionRow(row: readonly number[]): string {
  return `  ${row.map((value) => fixed(value, 12, 8)).join('')}\n`;
}
