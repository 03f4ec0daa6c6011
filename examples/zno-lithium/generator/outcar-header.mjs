// Head of OUTCAR: program, POTCARs by name, k-points, the echo of the settings, the cell.
//
// Of a POTCAR only TITEL, valence and mass appear: it is licensed. IVDW is not echoed here by VASP 5.4.4; it stands in
// INCAR and in the dispersion block of each ionic step.
import { bandCount, potcarOf } from './electrons.mjs';
import { column, fixed, integer } from './fortran-format.mjs';
import { irreduciblePoints } from './k-points.mjs';
import { cellLines } from './outcar-cell.mjs';
import { RULE } from './outcar-rule.mjs';
import { settingsEcho } from './outcar-settings.mjs';
import { CUTOFF_EV } from './settings.mjs';
import { meshComment, wrapped } from './structure-files.mjs';
import { combine, length, reciprocal, volume } from './vectors.mjs';

const HBAR2_PER_2M_EV_ANGSTROM2 = 3.80998;

/** @typedef {import('./outcar.mjs').Run} Run */
/** @typedef {import('./vectors.mjs').Vector} Vector */

/** @type {(run: Run, band: string[]) => string[]} */
export function headerLines(run, band) {
  return [
    column(' vasp.5.4.4.18Apr17 (synthetic example of Adatom, no VASP run) complex', 80),
    '  ',
    ' executed on           synthetic date 2000.01.01  00:00:00',
    ` running on ${integer(run.settings.band?.images ?? 1, 4)} total cores`,
    ...(run.settings.band === undefined ? [] : [' each image running on    1 cores']),
    ' distrk:  each k-point on    1 cores,    1 groups',
    ' distr:  one band on NCORES_PER_BAND=   1 cores,    1 groups',
    '',
    '',
    RULE,
    '',
    '',
    ' INCAR:',
    ...potcarLines(run),
    ` POSCAR: ${column(run.contents.comment, 40)}`,
    '  positions in direct lattice',
    '  No initial velocities read in',
    ' exchange correlation table for  LEXCH =        8',
    '   RHO(1)=    0.500       N(1)  =     2000',
    '   RHO(2)=  100.500       N(2)  =     4000',
    '',
    ...band,
    '',
    '',
    RULE,
    '',
    '',
    'IMPORTANT INFORMATION: All symmetrisations will be switched off!',
    'NOSYMM: (Re-)initialisation of all symmetry stuff for point group C_1.',
    '',
    ' ',
    ...kpointLines(run),
    ...dimensionLines(run),
    ...settingsEcho(run),
    ...cellAndPositions(run),
  ];
}

/** @type {(run: Run) => string[]} */
function potcarLines({ contents }) {
  const titles = contents.species.map(({ element }) => potcarOf(element));
  const named = titles.map(({ title }) => ` POTCAR:    ${column(title, 38)}`);
  const described = titles.flatMap(({ title, configuration, mass, valence }) => [
    ` POTCAR:    ${column(title, 38)}`,
    column(`   VRHFIN =${configuration}`, 80),
    column('   LEXCH  = PE', 80),
    column('', 80),
    column(`   TITEL  = ${title}`, 80),
    column(`   POMASS =${fixed(mass, 9, 3)}; ZVAL   =${fixed(valence, 9, 3)}    mass and valenz`, 80),
    '  local pseudopotential read in',
    ' ',
  ]);
  return [...named, ...described];
}

/** @type {(run: Run) => string[]} */
function kpointLines({ mesh, contents }) {
  const points = irreduciblePoints(mesh);
  const cartesian = cartesianPoints(contents.cell, points);
  /** @type {(vectors: Vector[]) => string[]} */
  const rows = (vectors) =>
    vectors.map((vector, index) => `${triple(vector, 10, 6)}${fixed(points[index].weight, 14, 6)}`);
  return [
    ` KPOINTS: ${column(meshComment, 40)}`,
    '',
    'Automatic generation of k-mesh.',
    ' ',
    ' Subroutine IBZKPT returns following result:',
    ' ===========================================',
    ' ',
    ` Found ${integer(points.length, 6)} irreducible k-points:`,
    ' ',
    ' Following reciprocal coordinates:',
    '            Coordinates               Weight',
    ...rows(points.map((point) => point.fractional)),
    ' ',
    ' Following cartesian coordinates:',
    '            Coordinates               Weight',
    ...rows(cartesian),
    ' ',
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
function dimensionLines({ mesh, contents }) {
  const { cell, species } = contents;
  const atoms = species.reduce((sum, { count }) => sum + count, 0);
  const points = irreduciblePoints(mesh).length;
  const fft = cell.map((row) => fftPoints(length(row)));
  return [
    ' Dimension of arrays:',
    `   k-points           NKPTS =${integer(points, 7)}   k-points in BZ     NKDIM =${integer(points, 7)}   number of bands    NBANDS=${integer(bandCount(contents), 7)}`,
    `   number of dos      NEDOS =    301   number of ions     NIONS =${integer(atoms, 7)}`,
    `   total plane-waves  NPLWV = ${starred(fft[0] * fft[1] * fft[2])}`,
    `   dimension x,y,z NGX =${integer(fft[0], 6)} NGY =${integer(fft[1], 5)} NGZ =${integer(fft[2], 5)}`,
    `   dimension x,y,z NGXF=${integer(2 * fft[0], 6)} NGYF=${integer(2 * fft[1], 5)} NGZF=${integer(2 * fft[2], 5)}`,
    `   ions per type =            ${species.map(({ count }) => integer(count, 4)).join('')}`,
    '',
  ];
}

/** VASP itself overflows this column in cells of this size. @type {(count: number) => string} */
const starred = (count) => (count > 999999 ? '******' : integer(count, 6));

/** @type {(run: Run) => string[]} */
function cellAndPositions({ contents, mesh, start }) {
  const { cell } = contents;
  const points = irreduciblePoints(mesh);
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  /** @type {(vectors: Vector[]) => string[]} */
  const rows = (vectors) =>
    vectors.map((vector, index) => ` ${triple(vector, 12, 8)}${fixed(points[index].weight / total, 12, 3)}`);
  const fractional = wrapped(start);
  // States inside the cutoff's sphere; the real number differs a little from point to point.
  const planeWaves = Math.round((volume(cell) * cutoffPerAngstrom() ** 3) / (6 * Math.PI ** 2));
  return [
    ...cellLines(cell, volume(cell)),
    '',
    ' ',
    ` k-points in units of 2pi/SCALE and weight: ${column(meshComment, 40)}`,
    ...rows(cartesianPoints(cell, points)),
    ' ',
    ` k-points in reciprocal lattice and weights: ${column(meshComment, 40)}`,
    ...rows(points.map((point) => point.fractional)),
    ' ',
    ' position of ions in fractional coordinates (direct lattice) ',
    ...fractional.map((vector) => ` ${triple(vector, 12, 8)}`),
    ' ',
    ' position of ions in cartesian coordinates  (Angst):',
    ...fractional.map((vector) => ` ${triple(combine(cell, vector), 12, 8)}`),
    ' ',
    '',
    '',
    RULE,
    '',
    '',
    ...points.map((point, index) => planeWaveLine(point.fractional, index + 1, planeWaves)),
    '',
    ` maximum and minimum number of plane-waves per node :${integer(planeWaves, 10)}${integer(planeWaves, 9)}`,
    '',
    '',
  ];
}

/** @type {(point: Vector, number: number, planeWaves: number) => string} */
const planeWaveLine = (point, number, planeWaves) =>
  ` k-point${integer(number, 4)} :  ${triple(point, 7, 4)}  plane waves: ${integer(planeWaves, 7)}`;

/** @type {(cell: import('./vectors.mjs').Cell, points: { fractional: Vector }[]) => Vector[]} */
const cartesianPoints = (cell, points) => points.map(({ fractional }) => combine(reciprocal(cell), fractional));

/** @type {(vector: readonly number[], width: number, decimals: number) => string} */
const triple = (vector, width, decimals) => vector.map((value) => fixed(value, width, decimals)).join('');

/** Even number without large prime factors, enough for twice the cutoff's wave vector. @type {(lengthAngstrom: number) => number} */
function fftPoints(lengthAngstrom) {
  let count = 2 * Math.ceil((lengthAngstrom * cutoffPerAngstrom()) / Math.PI);
  while (!isSmooth(count)) count += 2;
  return count;
}

/** Wave vector at the cutoff energy. @type {() => number} */
const cutoffPerAngstrom = () => Math.sqrt(CUTOFF_EV / HBAR2_PER_2M_EV_ANGSTROM2);

/** @type {(count: number) => boolean} */
function isSmooth(count) {
  let rest = count;
  for (const prime of [2, 3, 5, 7]) {
    while (rest % prime === 0) rest /= prime;
  }
  return rest === 1;
}
