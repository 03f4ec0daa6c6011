// POSCAR, CONTCAR and KPOINTS.
//
// Selective dynamics counts along lattice vectors. VASP writes CONTCAR with sixteen decimals, coordinates in [0, 1) and
// a table of velocities; coordinates here carry ten decimals, so that image 00 of a band and the relaxation behind it
// hold the very same geometry.
import { column } from './fortran-format.mjs';

/** @typedef {import('./vectors.mjs').Vector} Vector */
/** @typedef {import('./vectors.mjs').Cell} Cell */

/**
 * @typedef {object} Contents
 * @property {string} comment
 * @property {Cell} cell
 * @property {{ element: string, count: number }[]} species
 * @property {readonly boolean[] | undefined} free undefined = no selective dynamics
 */

/** @type {(contents: Contents, fractional: Vector[]) => string} */
export function poscarText(contents, fractional) {
  return `${[...head(contents), ...coordinateRows(contents, fractional)].join('\n')}\n`;
}

/** @type {(contents: Contents, fractional: Vector[]) => string} */
export function contcarText(contents, fractional) {
  const velocities = fractional.map(() => '  0.00000000E+00  0.00000000E+00  0.00000000E+00');
  return `${[...head(contents), ...coordinateRows(contents, fractional), ' ', ...velocities].join('\n')}\n`;
}

export const meshComment = 'Gamma centred, 0.04 x 2 pi per Angstrom';

/** @type {(mesh: import('./k-points.mjs').Mesh) => string} */
export function kpointsText(mesh) {
  return `${meshComment}\n0\nGamma\n  ${mesh.join('  ')}\n  0  0  0\n`;
}

/** Into [0, 1). @type {(fractional: Vector[]) => Vector[]} */
export const wrapped = (fractional) =>
  fractional.map(([f, g, h]) => [f - Math.floor(f), g - Math.floor(g), h - Math.floor(h)]);

/** @type {(contents: Contents) => string[]} */
function head({ comment, cell, species, free }) {
  return [
    column(comment, 40),
    '   1.00000000000000     ',
    ...cell.map((row) => `  ${row.map((value) => value.toFixed(16).padStart(22)).join('')}`),
    `  ${species.map(({ element }) => element.padStart(3).padEnd(5)).join('')}`.trimEnd(),
    species.map(({ count }) => String(count).padStart(6)).join(''),
    ...(free === undefined ? [] : ['Selective dynamics']),
    'Direct',
  ];
}

/** @type {(contents: Contents, fractional: Vector[]) => string[]} */
function coordinateRows({ free }, fractional) {
  return wrapped(fractional).map((row, index) => {
    const flags = free === undefined ? '' : free[index] ? '   T   T   T' : '   F   F   F';
    return `${row.map((value) => value.toFixed(16).padStart(20)).join('')}${flags}`;
  });
}
