// The block of the cell in OUTCAR: lattice vectors beside their reciprocals (without 2π), then the lengths of both.
import { fixed } from './fortran-format.mjs';
import { CUTOFF_EV } from './settings.mjs';
import { length, reciprocal } from './vectors.mjs';

/** @type {(cell: import('./vectors.mjs').Cell, volumeAngstrom3: number) => string[]} */
export function cellLines(cell, volumeAngstrom3) {
  const inverse = reciprocal(cell);
  /** @type {(row: readonly number[]) => string} */
  const nine = (row) => `   ${row.map((value) => fixed(value, 13, 9)).join('')}`;
  return [
    `  energy-cutoff  :${fixed(CUTOFF_EV, 12, 2)}`,
    `  volume of cell :${fixed(volumeAngstrom3, 12, 2)}`,
    '      direct lattice vectors                 reciprocal lattice vectors',
    ...cell.map((row, index) => `${nine(row)}${nine(inverse[index])}`),
    '',
    '  length of vectors',
    `${nine(cell.map(length))}${nine(inverse.map(length))}`,
  ];
}
