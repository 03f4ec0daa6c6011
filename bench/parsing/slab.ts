/** The made-up slab that the generated files are about: elements, cell and atoms from a seed. */
import { type Random, randomOf } from '../shared/random.ts';

export interface Slab {
  readonly types: readonly { readonly element: string; readonly valence: number; readonly count: number }[];
  readonly atoms: number;
  /** Rows a, b, c in Å. */
  readonly lattice: readonly (readonly [number, number, number])[];
  readonly fractional: readonly (readonly [number, number, number])[];
  readonly random: Random;
}

const ELEMENTS: readonly (readonly [element: string, valence: number, share: number])[] = [
  ['Zn', 12, 0.4],
  ['O', 6, 0.4],
  ['Li', 1, 0.2],
];
const ANGSTROM3_PER_ATOM = 14;

export function makeSlab(atoms: number, seed: number): Slab {
  const random = randomOf(seed, 0);
  const edge = Math.cbrt(atoms * ANGSTROM3_PER_ATOM);
  const counts = ELEMENTS.map(([, , share]) => Math.max(1, Math.floor(atoms * share)));
  const rest = atoms - counts.reduce((total, count) => total + count, 0);
  return {
    types: ELEMENTS.map(([element, valence], type) => ({
      element,
      valence,
      count: (counts[type] ?? 0) + (type === 0 ? rest : 0),
    })),
    atoms,
    lattice: [
      [edge, 0, 0],
      [-0.1 * edge, 0.98 * edge, 0],
      [0, 0, 1.6 * edge],
    ],
    fractional: Array.from({ length: atoms }, () => [random.next(), random.next(), random.next()]),
    random,
  };
}

/** Like Fortran's `Fw.d`: stars where the number does not fit. */
export function fixed(value: number, width: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return text.length > width ? '*'.repeat(width) : text.padStart(width);
}

/** Like Fortran's `Ew.d`: `-0.5751E-03`, with the leading zero that VASP prints. */
export function exponential(value: number, digits: number): string {
  if (value === 0) return `0.${'0'.repeat(digits)}E+00`;
  const exponent = Math.floor(Math.log10(Math.abs(value))) + 1;
  const mantissa = (Math.abs(value) / 10 ** exponent).toFixed(digits);
  return `${value < 0 ? '-' : ''}${mantissa}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
