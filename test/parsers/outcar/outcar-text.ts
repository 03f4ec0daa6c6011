/**
 * Small OUTCARs in the words, columns and block order of VASP, written for the tests: two Zn and one O atom in an
 * oblique cell. Fields are texts, so that a test can put stars, NaN or glued columns anywhere.
 */

import { CELL, headerText, type Layout } from './header-text.ts';

export { CELL, headerText, type Layout, replaced } from './header-text.ts';

export interface StepText {
  /** Electronic iterations. */
  readonly iterations?: number;
  /** Number of the first electronic iteration. */
  readonly firstIteration?: number;
  /** Counter as printed; the number of the step otherwise. */
  readonly counter?: string;
  /** `a  ( b)` of the last energy change. */
  readonly change?: string;
  readonly aborting?: string;
  /** Text behind the Fermi energy. */
  readonly eigenvalues?: string;
  readonly fermi?: string;
  /** Behind `magnetization` of the last iteration. */
  readonly moment?: string | undefined;
  readonly free: string;
  readonly withoutEntropy?: string;
  readonly sigma0?: string;
  /** `in kB` row; none when absent. */
  readonly stress?: string | undefined;
  readonly pressure?: string;
  readonly cell?: readonly string[] | undefined;
  /** Rows of POSITION / TOTAL-FORCE; no table when undefined. */
  readonly rows?: readonly string[] | undefined;
  /** Text behind the SCF loop, in front of everything that follows. */
  readonly behindLoop?: string;
  /** Text behind the force table. */
  readonly behindForces?: string;
  /** Text behind the energy block and the forces. */
  readonly ending?: string;
}

const RULER = ` ${'-'.repeat(83)}\n`;
const SEPARATOR = `\n\n${'-'.repeat(104)}\n\n\n`;

export const TIMING = ` General timing and accounting informations for this job:
 ========================================================

                  Total CPU time used (sec):       11.250
                         Elapsed time (sec):       12.500

                 Voluntary context switches:           10
`;

/** Two spins, two k-points, two bands. */
export const EIGENVALUES = `   add alpha+bet to get absolut eigen values

 spin component 1

 k-point     1 :       0.0000    0.0000    0.0000
  band No.  band energies     occupation
      1     -20.5000      1.00000
      2       3.2500      0.00000

 k-point     2 :       0.5000    0.0000    0.0000
  band No.  band energies     occupation
      1     -19.7500      1.00000
      2       2.8750      0.00000

 spin component 2

 k-point     1 :       0.0000    0.0000    0.0000
  band No.  band energies     occupation
      1     -20.1250      1.00000
      2       3.1250      0.00000

 k-point     2 :       0.5000    0.0000    0.0000
  band No.  band energies     occupation
      1     -19.6250      1.00000
      2       3.5000      0.00000

`;

export const REACHED = ' reached required accuracy - stopping structural energy minimisation\n';

export const FIRST: StepText = {
  free: '-11.20000001',
  withoutEntropy: '-11.19900003',
  sigma0: '-11.19950002',
  rows: [
    row([0.1, 0.2, 0.3], [0.25, -0.125, 0.0625]),
    row([1.6, 0.92376, 2.61], [-0.5, 0.25, -0.03125]),
    row([0, 1.84752, 4.55], [0.25, -0.125, -0.03125]),
  ],
  cell: CELL,
  stress: '     1.10000    -2.20000     3.30000    -0.44000     0.55000    -0.06600',
  pressure: '0.73',
  fermi: '1.2345',
  moment: '0.5000000',
};

export const SECOND: StepText = {
  free: '-11.30000004',
  withoutEntropy: '-11.29900008',
  sigma0: '-11.29950006',
  rows: [
    row([0.11, 0.21, 0.31], [0.01, -0.02, 0.005]),
    row([1.61, 0.93376, 2.63], [-0.002, 0.01, -0.001]),
    row([0.01, 1.85752, 4.53], [-0.008, 0.01, -0.004]),
  ],
  cell: CELL,
  stress: '     0.10000    -0.20000     0.30000    -0.04000     0.05000    -0.00600',
  pressure: '0.07',
  fermi: '-0.5678',
  moment: '-0.2500000',
};

export interface OutcarParts {
  readonly layout?: Layout;
  readonly header?: string;
  readonly steps?: readonly StepText[];
  readonly ending?: string;
}

export function outcarText({
  layout = '5.4',
  header = headerText(layout),
  steps = [FIRST, SECOND],
  ending = TIMING,
}: OutcarParts = {}): string {
  return header + steps.map((step, index) => stepText(step, index + 1, layout)).join('') + ending;
}

/** `(3F13.5,3X,3F14.6)` */
export function row(position: readonly number[], force: readonly number[]): string {
  return `${columns(position, 13, 5)}   ${columns(force, 14, 6)}`;
}

function columns(values: readonly number[], width: number, decimals: number): string {
  return values.map((value) => value.toFixed(decimals).padStart(width)).join('');
}

export function stepText(step: StepText, number: number, layout: Layout): string {
  const first = step.firstIteration ?? 1;
  const count = step.iterations ?? 2;
  let loop = '';
  for (let iteration = first; iteration < first + count; iteration += 1) {
    loop += iterationText(step, iteration, { number, layout, last: iteration === first + count - 1 });
  }
  const energy = energyText(step);
  const forces = `${stressText(step)}${cellText(step)}${forceText(step)}${step.behindForces ?? ''}`;
  const blocks = layout === '4.6' ? `${energy}${SEPARATOR}${forces}` : `${forces}${SEPARATOR}${energy}`;
  const ending = step.ending ?? '     LOOP+:  cpu time    5.2300: real time    5.5300\n';
  return `${loop}${fermiText(step)}${step.behindLoop ?? ''}${blocks}${ending}${SEPARATOR}`;
}

function iterationText(
  step: StepText,
  iteration: number,
  of: { readonly number: number; readonly layout: Layout; readonly last: boolean },
): string {
  const width = of.layout === '6.3' ? 6 : 4;
  const dashes = '-'.repeat(of.layout === '6.3' ? 39 : 41);
  const counter = step.counter ?? String(of.number);
  const change = of.last ? (step.change ?? '-0.1000000E-06  (-0.2000000E-06)') : '0.1000000E+00  (-0.2000000E+00)';
  // Energies of the loop look like those of the ionic block and differ in blanks only.
  return `${dashes} Iteration ${counter.padStart(width)}(${String(iteration).padStart(4)})  ${'-'.repeat(39)}

 eigenvalue-minimisations  :   104
 total energy-change (2. order) :${change}
 number of electron      30.0000000 magnetization ${step.moment === undefined ? '' : `     ${of.last ? step.moment : '9.0000000'}`}
 augmentation part        8.0000000 magnetization        7.0000000

 Free energy of the ion-electron system (eV)
  ---------------------------------------------------
  entropy T*S    EENTRO =        -0.02000000
  free energy    TOTEN  =        -77.${String(iteration).padStart(8, '0')} eV

  energy without entropy =      -77.10000000  energy(sigma->0) =      -77.20000000

`;
}

function fermiText(step: StepText): string {
  const aborting = step.aborting ?? 'aborting loop because EDIFF is reached';
  const fermi =
    step.fermi === undefined
      ? ''
      : ` E-fermi :${step.fermi.padStart(9)}     XC(G=0): -10.1738     alpha+bet :-14.9207\n`;
  return `${fermi}${step.eigenvalues ?? EIGENVALUES}
${aborting === '' ? '' : `${'-'.repeat(24)} ${aborting} ${'-'.repeat(40)}`}
`;
}

export function energyText(step: StepText): string {
  return `  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)
  ---------------------------------------------------
  free  energy   TOTEN  = ${step.free.padStart(17)} eV

  energy  without entropy= ${(step.withoutEntropy ?? step.free).padStart(16)}  energy(sigma->0) = ${(step.sigma0 ?? step.free).padStart(16)}
`;
}

function stressText(step: StepText): string {
  if (step.stress === undefined) return '';
  const pressure = (step.pressure ?? '0.00').padStart(12);
  return `  FORCE on cell =-STRESS in cart. coord.  units (eV):
  Direction    XX          YY          ZZ          XY          YZ          ZX
  Total       4.19971     4.19971     7.92384     2.98648     0.00000     0.00000
  in kB  ${step.stress}
  external pressure =${pressure} kB  Pullay stress =        0.00 kB

`;
}

function cellText(step: StepText): string {
  if (step.cell === undefined) return '';
  return ` VOLUME and BASIS-vectors are now :
  energy-cutoff  :      520.00
  volume of cell :      159.63
      direct lattice vectors                 reciprocal lattice vectors
${step.cell.join('\n')}

  length of vectors
     3.200000000  3.200000000 18.006943106     0.360843918  0.360982968  0.055555556

`;
}

function forceText(step: StepText): string {
  if (step.rows === undefined) return '';
  return ` POSITION                                       TOTAL-FORCE (eV/Angst)
${RULER}${step.rows.join('\n')}
${RULER}    total drift:                                0.000042      0.000042      0.000000

`;
}

export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
