// OUTCAR of VASP 5.4.4, line by line in its own columns, without the parts that no result needs: neighbour tables,
// symmetry, projectors, eigenvalues, the shares of the stress and the tables of forces by origin.
//
// It says in its first line that no VASP run stands behind it. Labels and blanks are VASP's: the ionic block has two
// blanks where the electronic one has one, and only the ionic block contains the dispersion energy.
import { bandEcho, bandLines } from './outcar-band.mjs';
import { headerLines } from './outcar-header.mjs';
import { ionicStepLines } from './outcar-ionic-step.mjs';
import { RULE } from './outcar-rule.mjs';

/**
 * @typedef {object} Run one VASP calculation
 * @property {string} folder
 * @property {import('./settings.mjs').Settings} settings
 * @property {import('./structure-files.mjs').Contents} contents
 * @property {import('./k-points.mjs').Mesh} mesh
 * @property {import('./vectors.mjs').Vector[]} start fractional, the input geometry
 * @property {import('./relaxation.mjs').IonicStep[]} steps
 * @property {number} [magnetisationBohr]
 */

/** @type {(run: Run) => string} */
export function outcarText(run) {
  const lines = [
    ...headerLines(run, run.settings.band === undefined ? [] : bandEcho(run.settings.band)),
    ...run.steps.flatMap((step, index) => [
      ...ionicStepLines(run, step, index),
      ...(step.band === undefined ? [] : bandLines(step.band)),
      ...(index === run.steps.length - 1 ? endOfRelaxation(run) : []),
      '     LOOP+:  cpu time    0.5000: real time    0.5000',
    ]),
    ...FOOTER,
  ];
  return `${lines.join('\n')}\n`;
}

/** @type {(run: Run) => string[]} */
function endOfRelaxation({ settings }) {
  if (settings.nsw === 0) return ['', '', RULE, '', ''];
  return ['', '', RULE, '', '', '  ', ' reached required accuracy - stopping structural energy minimisation'];
}

/** One second, because no calculation took any. */
const FOOTER = [
  '    4ORBIT:  cpu time    0.0000: real time    0.0000',
  '',
  ' total amount of memory used by VASP MPI-rank0    30000. kBytes',
  '=======================================================================',
  '',
  '   base      :      30000. kBytes',
  ' ',
  '  ',
  '  ',
  ' General timing and accounting informations for this job:',
  ' ========================================================',
  '  ',
  '                  Total CPU time used (sec):        1.000',
  '                            User time (sec):        1.000',
  '                          System time (sec):        0.000',
  '                         Elapsed time (sec):        1.000',
  '  ',
  '                   Maximum memory used (kb):       30000.',
  '                   Average memory used (kb):           0.',
  '  ',
  '                          Minor page faults:            0',
  '                          Major page faults:            0',
  '                 Voluntary context switches:            0',
];
