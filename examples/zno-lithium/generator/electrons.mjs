// Electrons and bands of a cell.
//
// NELECT is the sum of the valences: every cell of the example is neutral.
import { POTCARS } from './numbers.mjs';

/** @typedef {import('./structure-files.mjs').Contents} Contents */

/** NELECT: the sum of the valences. @type {(contents: Contents) => number} */
export const electronCount = ({ species }) =>
  species.reduce((sum, { element, count }) => sum + count * potcarOf(element).valence, 0);

/** NBANDS: half the electrons and half an orbital per atom. @type {(contents: Contents) => number} */
export function bandCount(contents) {
  const atoms = contents.species.reduce((sum, { count }) => sum + count, 0);
  return Math.ceil(electronCount(contents) / 2 + Math.max(atoms / 2, 3));
}

/** @type {(element: string) => (typeof POTCARS)[keyof typeof POTCARS]} */
export const potcarOf = (element) => POTCARS[/** @type {keyof typeof POTCARS} */ (element)];
