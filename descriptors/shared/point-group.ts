/**
 * The 32 point groups as integer matrices in the axes of the conventional cell, made from their generators
 * (International Tables A, §10.1 and 11.2; hexagonal axes for the trigonal groups, b unique for the monoclinic ones).
 *
 * The mistake avoided here: a list of operations written out by hand, of which one wrong sign leaves a crystal with 47
 * instead of 48 faces. A group is what its generators make.
 */
import { dot, type Matrix3, type Vector3 } from '../../model/lattice.ts';
import type { CrystalSystem } from './unit-cell.ts';

/** x' = W·x for components of lattice vectors; rows of W. */
export type Operation = readonly [Vector3, Vector3, Vector3];

const IDENTITY: Operation = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** As Jones symbols: what becomes of x, y, z. */
const GENERATORS = {
  inversion: '-x,-y,-z',
  '2 along a': 'x,-y,-z',
  '2 along b': '-x,y,-z',
  '2 along c': '-x,-y,z',
  '3 along abc': 'z,x,y',
  '3 along c': '-y,x-y,z',
  '4 along c': '-y,x,z',
  '-4 along c': 'y,-x,-z',
  'm across a': '-x,y,z',
  'm across b': 'x,-y,z',
  'm across c': 'x,y,-z',
  /** Of hexagonal axes. */
  '2 along a+b': 'y,x,-z',
  '2 along a-b': '-y,-x,-z',
  'm across a+b': '-y,-x,z',
  'm across a-b': 'y,x,z',
} as const;

type Generator = keyof typeof GENERATORS;

const GROUPS = {
  '1': [],
  '-1': ['inversion'],
  '2': ['2 along b'],
  m: ['m across b'],
  '2/m': ['2 along b', 'inversion'],
  '222': ['2 along c', '2 along b'],
  mm2: ['2 along c', 'm across b'],
  mmm: ['2 along c', '2 along b', 'inversion'],
  '4': ['4 along c'],
  '-4': ['-4 along c'],
  '4/m': ['4 along c', 'inversion'],
  '422': ['4 along c', '2 along b'],
  '4mm': ['4 along c', 'm across b'],
  '-42m': ['-4 along c', '2 along b'],
  '-4m2': ['-4 along c', 'm across b'],
  '4/mmm': ['4 along c', '2 along b', 'inversion'],
  '3': ['3 along c'],
  '-3': ['3 along c', 'inversion'],
  '32': ['3 along c', '2 along a+b'],
  '312': ['3 along c', '2 along a-b'],
  '3m': ['3 along c', 'm across a+b'],
  '31m': ['3 along c', 'm across a-b'],
  '-3m': ['3 along c', '2 along a+b', 'inversion'],
  '-31m': ['3 along c', '2 along a-b', 'inversion'],
  '6': ['3 along c', '2 along c'],
  '-6': ['3 along c', 'm across c'],
  '6/m': ['3 along c', '2 along c', 'inversion'],
  '622': ['3 along c', '2 along c', '2 along a+b'],
  '6mm': ['3 along c', '2 along c', 'm across a+b'],
  '-6m2': ['3 along c', 'm across c', 'm across a+b'],
  '-62m': ['3 along c', 'm across c', 'm across a-b'],
  '6/mmm': ['3 along c', '2 along c', '2 along a+b', 'inversion'],
  '23': ['2 along c', '2 along b', '3 along abc'],
  'm-3': ['2 along c', '2 along b', '3 along abc', 'inversion'],
  '432': ['4 along c', '3 along abc'],
  '-43m': ['-4 along c', '3 along abc'],
  'm-3m': ['4 along c', '3 along abc', 'inversion'],
} as const satisfies Readonly<Record<string, readonly Generator[]>>;

export type PointGroup = keyof typeof GROUPS;

/** The keys of the table are exactly the groups. */
export const POINT_GROUPS = Object.keys(GROUPS) as [PointGroup, ...PointGroup[]];

/** The whole group: products until there is no new one. */
export function operationsOf(group: PointGroup): readonly Operation[] {
  const generators = GROUPS[group].map((name) => operationOfJones(GENERATORS[name]));
  const found = new Map([[IDENTITY.flat().join(), IDENTITY]]);
  // A Map visits what is added while it is walked through.
  for (const operation of found.values()) {
    for (const generator of generators) {
      const next = product(operation, generator);
      found.set(next.flat().join(), next);
    }
  }
  return [...found.values()];
}

/** Relative to the longest vector squared: a relaxed cell keeps its symmetry to less than this. */
const METRIC_TOLERANCE = 1e-2;

/** Whether lengths and angles stay when the lattice vectors go to their images. */
export function keepsLattice(operation: Operation, lattice: Matrix3): boolean {
  const [a, b, c] = lattice;
  const image = ([p, q, r]: Vector3): Vector3 => [
    p * a[0] + q * b[0] + r * c[0],
    p * a[1] + q * b[1] + r * c[1],
    p * a[2] + q * b[2] + r * c[2],
  ];
  // The images of the lattice vectors are the columns of W.
  const images = [0, 1, 2].map((at) => image([operation[0][at] ?? 0, operation[1][at] ?? 0, operation[2][at] ?? 0]));
  const tolerance = METRIC_TOLERANCE * Math.max(...lattice.map((vector) => dot(vector, vector)));
  return images.every((one, i) =>
    images.every((other, j) => {
      const [before, after] = [dot(lattice[i] ?? a, lattice[j] ?? a), dot(one, other)];
      return Math.abs(before - after) <= tolerance;
    }),
  );
}

export function systemOf(group: PointGroup): CrystalSystem {
  const generators: readonly Generator[] = GROUPS[group];
  const has = (...names: readonly Generator[]): boolean => names.some((name) => generators.includes(name));
  if (has('3 along abc')) return 'cubic';
  if (has('3 along c')) return has('2 along c', 'm across c') ? 'hexagonal' : 'trigonal';
  if (has('4 along c', '-4 along c')) return 'tetragonal';
  if (has('2 along c')) return 'orthorhombic';
  return has('2 along b', 'm across b') ? 'monoclinic' : 'triclinic';
}

function operationOfJones(symbol: string): Operation {
  const [x, y, z] = symbol.split(',').map((row): Vector3 => [sign(row, 'x'), sign(row, 'y'), sign(row, 'z')]);
  if (x === undefined || y === undefined || z === undefined) throw new Error(`no three coordinates in ${symbol}`);
  return [x, y, z];
}

function sign(row: string, letter: string): number {
  if (!row.includes(letter)) return 0;
  return row.includes(`-${letter}`) ? -1 : 1;
}

function product(left: Operation, right: Operation): Operation {
  const row = ([i, j, k]: Vector3): Vector3 => [
    i * right[0][0] + j * right[1][0] + k * right[2][0] + 0,
    i * right[0][1] + j * right[1][1] + k * right[2][1] + 0,
    i * right[0][2] + j * right[1][2] + k * right[2][2] + 0,
  ];
  return [row(left[0]), row(left[1]), row(left[2])];
}
