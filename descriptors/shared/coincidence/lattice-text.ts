/**
 * A plane lattice as it is typed: `hex:2.665`, `square:4.242`, `rect:3.1,5.2`, `centred:3.51,4.96`, `oblique:3,4,75`.
 *
 * The mistake avoided here: leaving the angle to a default. A hexagonal lattice given as two equal lengths is a square
 * one to whoever assumes 90°.
 */
import { type PlaneLattice, planeLattice } from '../../../model/plane-lattice.ts';

export type LatticeText =
  | { readonly isLattice: true; readonly lattice: PlaneLattice }
  /** `isForm`: written as one, but with numbers that no lattice has. */
  | { readonly isLattice: false; readonly isForm: boolean; readonly reason: string };

interface Mesh {
  readonly names: string;
  readonly lattice: (numbers: readonly number[]) => PlaneLattice;
}

const MESHES: Readonly<Record<string, Mesh>> = {
  hex: { names: 'a', lattice: ([a = 0]) => planeLattice(a, a, 120) },
  square: { names: 'a', lattice: ([a = 0]) => planeLattice(a, a, 90) },
  rect: { names: 'a,b', lattice: ([a = 0, b = 0]) => planeLattice(a, b, 90) },
  // Of the rectangle a × b with a point in its middle: half the diagonals.
  centred: {
    names: 'a,b',
    lattice: ([a = 0, b = 0]) => [
      [a / 2, -b / 2],
      [a / 2, b / 2],
    ],
  },
  oblique: { names: 'a,b,gammaDegrees', lattice: ([a = 0, b = 0, gamma = 0]) => planeLattice(a, b, gamma) },
};

export const LATTICE_FORMS = Object.entries(MESHES)
  .map(([name, { names }]) => `${name}:${names}`)
  .join(', ');

const DECIMAL_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether it is a lattice at all (an area, lengths of atoms) is the search's to say. */
export function latticeOfText(text: string): LatticeText {
  const colon = text.indexOf(':');
  const mesh = MESHES[text.slice(0, Math.max(0, colon)).trim()];
  if (mesh === undefined) return refused(false, `expected one of ${LATTICE_FORMS}, found "${text}"`);
  const words = text
    .slice(colon + 1)
    .split(',')
    .map((word) => word.trim());
  const numbers = words.map((word) => (DECIMAL_NUMBER.test(word) ? Number(word) : Number.NaN));
  const form = `${text.slice(0, colon).trim()}:${mesh.names}`;
  if (words.length !== mesh.names.split(',').length || !numbers.every(Number.isFinite)) {
    return refused(false, `expected ${form} with lengths in Å, found "${text}"`);
  }
  if (!numbers.every((number) => number > 0)) {
    return refused(true, `lengths and angles are positive, found "${text}"`);
  }
  if (mesh.names.endsWith('gammaDegrees') && (numbers[2] ?? 0) >= 180) {
    return refused(true, `the angle is less than 180°, found "${text}"`);
  }
  return { isLattice: true, lattice: mesh.lattice(numbers) };
}

function refused(isForm: boolean, reason: string): LatticeText {
  return { isLattice: false, isForm, reason };
}
