/**
 * A crystal's cell as it is written down: lengths and angles, or three vectors.
 *
 * The mistake avoided here: reading `a c` of a hexagonal crystal as a tetragonal one. What is left out follows from the
 * crystal system and from nothing else.
 */
import { z } from 'zod';
import type { Matrix3 } from '../../model/lattice.ts';

export const CRYSTAL_SYSTEMS = [
  'cubic',
  'hexagonal',
  'trigonal',
  'tetragonal',
  'orthorhombic',
  'monoclinic',
  'triclinic',
] as const;
export type CrystalSystem = (typeof CRYSTAL_SYSTEMS)[number];

/** Å and degrees, as crystallography names them. */
export interface CellParameters {
  readonly a: number;
  readonly b?: number | undefined;
  readonly c?: number | undefined;
  readonly alpha?: number | undefined;
  readonly beta?: number | undefined;
  readonly gamma?: number | undefined;
}

const vectorSchema = z.tuple([z.number(), z.number(), z.number()]).readonly();
/** Rows a, b, c, Å. */
export const latticeSchema = z.tuple([vectorSchema, vectorSchema, vectorSchema]).readonly();

const length = z.number().positive().optional();
const angle = z.number().gt(0).lt(180).optional();
export const cellParametersSchema = z.strictObject({
  a: z.number().positive(),
  b: length,
  c: length,
  alpha: angle,
  beta: angle,
  gamma: angle,
});

/** A text says what is missing or contradicts the system. */
export function cellMatrix(cell: CellParameters, system: CrystalSystem | undefined): Matrix3 | string {
  const { a, alpha = 90, beta = 90 } = cell;
  const assumed = system ?? (cell.b === undefined && cell.c === undefined ? 'cubic' : undefined);
  const isHexagonal = assumed === 'hexagonal' || assumed === 'trigonal';
  const hasOneLength = assumed === 'cubic';
  const hasTwoLengths = isHexagonal || assumed === 'tetragonal';
  const b = cell.b ?? (hasOneLength || hasTwoLengths ? a : undefined);
  const c = cell.c ?? (hasOneLength ? a : undefined);
  if (b === undefined && cell.c !== undefined)
    return 'a and c alone belong to a hexagonal or to a tetragonal crystal: say which, or give b';
  if (b === undefined || c === undefined) return `a ${assumed ?? 'general'} cell needs ${b === undefined ? 'b' : 'c'}`;
  const gamma = cell.gamma ?? (isHexagonal ? 120 : 90);
  const found = { a, b, c, alpha, beta, gamma };
  const fault = contradiction(found, assumed);
  return fault ?? vectorsOf(found);
}

type WholeCell = { readonly [Key in keyof CellParameters]-?: number };

/** Relative, of lengths; of angles in degrees it is some 0.05°. */
const SAME = 1e-3;

function contradiction({ a, b, c, alpha, beta, gamma }: WholeCell, system: CrystalSystem | undefined) {
  const alike = (left: number, right: number): boolean => Math.abs(left - right) <= SAME * right;
  const right = (...angles: readonly number[]): boolean => angles.every((each) => alike(each, 90));
  const fits = {
    cubic: alike(b, a) && alike(c, a) && right(alpha, beta, gamma),
    hexagonal: alike(b, a) && right(alpha, beta) && alike(gamma, 120),
    trigonal: alike(b, a) && right(alpha, beta) && alike(gamma, 120),
    tetragonal: alike(b, a) && right(alpha, beta, gamma),
    orthorhombic: right(alpha, beta, gamma),
    monoclinic: right(alpha, gamma),
    triclinic: true,
  };
  if (system !== undefined && !fits[system]) return `these lengths and angles are not those of a ${system} cell`;
  return undefined;
}

/** a along x, b in the plane of x and y. */
function vectorsOf({ a, b, c, alpha, beta, gamma }: WholeCell): Matrix3 | string {
  const [cosAlpha, cosBeta, cosGamma] = [cosine(alpha), cosine(beta), cosine(gamma)];
  const sinGamma = Math.sin((gamma * Math.PI) / 180);
  const y = (cosAlpha - cosBeta * cosGamma) / sinGamma;
  const square = 1 - cosBeta ** 2 - y ** 2;
  if (!(square > 0)) return `no cell has the angles ${alpha}, ${beta} and ${gamma}°`;
  return [
    [a, 0, 0],
    [b * cosGamma, b * sinGamma, 0],
    [c * cosBeta, c * y, c * Math.sqrt(square)],
  ];
}

/** Exactly 0 and −½ for the angles of most crystals: what is equal by symmetry stays equal. */
function cosine(degrees: number): number {
  if (degrees === 90) return 0;
  return degrees === 120 ? -0.5 : Math.cos((degrees * Math.PI) / 180);
}
