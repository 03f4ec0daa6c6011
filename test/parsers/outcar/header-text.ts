/** The header of a small OUTCAR, up to its starting positions: two Zn and one O atom in an oblique cell. */

export type Layout = '4.6' | '5.4' | '6.3';

export const CELL = [
  '     3.200000000  0.000000000  0.000000000     0.312500000  0.180421959  0.000000000',
  '    -1.600000000  2.771281292  0.000000000     0.000000000  0.360843918  0.000000000',
  '     0.000000000  0.500000000 18.000000000     0.000000000 -0.010023442  0.055555556',
];

export function headerText(layout: Layout = '5.4', changes: Readonly<Record<string, string>> = {}): string {
  const text = `${VERSION_LINES[layout]}
 executed on             LinuxIFC date 2026.02.03  04:05:06
 POTCAR:    PAW_PBE Zn 06Sep2000
 POTCAR:    PAW_PBE O 08Apr2002
 POTCAR:    PAW_PBE Zn 06Sep2000
   VRHFIN =Zn: d10 p2
   LEXCH  = PE
   TITEL  = PAW_PBE Zn 06Sep2000
   POMASS =   65.390; ZVAL   =   12.000    mass and valenz
 POTCAR:    PAW_PBE O 08Apr2002
   VRHFIN =O: s2p4
   LEXCH  = PE
   TITEL  = PAW_PBE O 08Apr2002
   POMASS =   16.000; ZVAL   =    6.000    mass and valenz
 POSCAR: zinc oxide fragment
  positions in direct lattice

 Dimension of arrays:
   k-points           NKPTS =      2   k-points in BZ     NKDIM =      2   number of bands    NBANDS=      2
   number of dos      NEDOS =    301   number of ions     NIONS =      3
   ions per type =               2   1
 NGX,Y,Z   is equivalent  to a cutoff of  10.39, 10.39, 10.39 a.u.

 SYSTEM =  zinc oxide fragment
   PREC   = accura    normal or accurate (medium, high low for compatibility)
   ISPIN  =      2    spin polarized calculation?
   ENCUT  =  520.0 eV  38.22 Ry    6.18 a.u.  18.59 18.59 18.59*2*pi/ulx,y,z
   NELM   =     60;   NELMIN=  2; NELMDL= -5     # of ELM steps
   EDIFF  = 0.1E-04   stopping-criterion for ELM
   EDIFFG = -.3E-01   stopping-criterion for IOM
   NSW    =     10    number of steps for IOM
   IBRION =      2    ionic relax: 0-MD 1-quasi-New 2-CG
   ISIF   =      2    stress and relaxation
   PSTRESS=      0.0 pullay stress
   NELECT =      30.0000    total number of electrons
   ISMEAR =     0;   SIGMA  =   0.05  broadening in eV -4-tet -1-fermi 0-gaus
   LEXCH   =     8    internal setting for exchange type

  volume of cell :      159.63
      direct lattice vectors                 reciprocal lattice vectors
${CELL.join('\n')}

  length of vectors

 k-points in reciprocal lattice and weights: Gamma centred
   0.00000000  0.00000000  0.00000000       0.250
   0.50000000  0.00000000  0.00000000       0.750

 position of ions in cartesian coordinates  (Angst):
   0.10000000  0.20000000  0.30000000
   1.60000000  0.92376043  2.61000000
   0.00000000  1.84752086  4.55000000

`;
  return Object.entries(changes).reduce((changed, [from, to]) => replaced(changed, from, to), text);
}

/** The text with one known piece replaced: a piece that is not there would make a test empty. */
export function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the fixture has no "${from}"`);
  return text.replace(from, () => to);
}

const VERSION_LINES: Record<Layout, string> = {
  '4.6': ' vasp.4.6.35 3Apr08 complex',
  '5.4': ' vasp.5.4.4.18Apr17-6-g9f103f2a35 (build Jan 01 2020 00:00:00) complex',
  '6.3': ' vasp.6.3.2 27Jun22 (build Jan 01 2023 00:00:00) complex',
};
