/**
 * The elastic tensor as a 6×6 matrix in Voigt's order, GPa, from what is known of it: the matrix itself, the one VASP
 * prints, or single constants and the class of the crystal (SCIENCE §8).
 *
 * The mistake avoided here: VASP's rows are XX YY ZZ XY YZ ZX, Voigt's XX YY ZZ YZ ZX XY. Averages do not notice; C44, C55
 * and C66 are exchanged. The same mistake is asked of by no sum over the tensor, so each component is tested by itself.
 */
import { z } from 'zod';
import { GPA_PER_KBAR } from '../../model/constants.ts';
import { type Issue, issue } from '../../model/issues.ts';
import {
  type Constants,
  CRYSTAL_CLASSES,
  classOfConstants,
  completed,
  VOIGT_INDICES,
  type VoigtIndex,
} from './crystal-constants.ts';
import { told } from './inputs.ts';
import { symmetricEigenvalues } from './jacobi-eigenvalues.ts';

/** Place in VASP's order of each of Voigt's. */
const VASP_PLACE = [0, 1, 2, 4, 5, 3] as const;
const LARGEST_ASYMMETRY = 0.05;
/** Components below this share of the largest one are compared with it instead of with themselves: they are rounding. */
const SMALL_SHARE = 0.1;
/** Of the largest eigenvalue: below it the tensor cannot be inverted. */
const ZERO_EIGENVALUE = 1e-9;

/** No solid has constants of 1 % of that; beyond it the squares of a tensor leave the range of numbers. */
const LARGEST_CONSTANT = 1e6;

const component = () => z.number().min(-LARGEST_CONSTANT).max(LARGEST_CONSTANT);
const tensor = () => z.array(z.array(component()).length(6).readonly()).length(6).readonly();
const constant = (index: VoigtIndex) =>
  told(component(), `C${index}`, 'GPa', `component ${index} in Voigt’s order`).optional();

/** Keys of every definition that starts from an elastic tensor. */
export const elasticInputs = {
  stiffnessGpa: told(tensor(), 'C', 'GPa', '6×6 in Voigt’s order XX YY ZZ YZ ZX XY').optional(),
  vaspKbar: tensor()
    .optional()
    .describe('TOTAL ELASTIC MODULI as OUTCAR prints them: 6×6 in VASP’s order XX YY ZZ XY YZ ZX, kBar'),
  crystal: z
    .enum(CRYSTAL_CLASSES)
    .optional()
    .describe(
      'class of the crystal, with single constants; left out: cubic of C11 C12 C44, hexagonal of C11 C12 C13 C33 C44',
    ),
  hasVacuum: z.boolean().optional().describe('whether the cell holds vacuum, where moduli per volume have no meaning'),
  c11Gpa: constant('11'),
  c12Gpa: constant('12'),
  c13Gpa: constant('13'),
  c14Gpa: constant('14'),
  c15Gpa: constant('15'),
  c16Gpa: constant('16'),
  c22Gpa: constant('22'),
  c23Gpa: constant('23'),
  c24Gpa: constant('24'),
  c25Gpa: constant('25'),
  c26Gpa: constant('26'),
  c33Gpa: constant('33'),
  c34Gpa: constant('34'),
  c35Gpa: constant('35'),
  c36Gpa: constant('36'),
  c44Gpa: constant('44'),
  c45Gpa: constant('45'),
  c46Gpa: constant('46'),
  c55Gpa: constant('55'),
  c56Gpa: constant('56'),
  c66Gpa: constant('66'),
};

export type ElasticInputs = z.output<z.ZodObject<typeof elasticInputs>>;

export interface Stiffness {
  /** Symmetric; absent when the issues hold an error. */
  readonly stiffnessGpa?: readonly (readonly number[])[];
  /** What is known of the tensor in any case. */
  readonly parts: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
}

export function stiffnessOf(given: ElasticInputs): Stiffness {
  if (given.hasVacuum === true) return { parts: {}, issues: [issue('E_ELASTIC_SLAB', {})] };
  const read = readMatrix(given);
  if (typeof read === 'string')
    return { parts: {}, issues: [issue('E_INPUT', { input: 'elastic constants', reason: read })] };
  const stiffnessGpa = read.map((row, i) => row.map((value, j) => (value + (read[j]?.[i] ?? 0)) / 2));
  const eigenvaluesGpa = symmetricEigenvalues(stiffnessGpa);
  const [lowest = 0] = eigenvaluesGpa;
  const isStable = lowest > ZERO_EIGENVALUE * Math.abs(eigenvaluesGpa.at(-1) ?? 0);
  const asymmetryFraction = asymmetryOf(read);
  return {
    ...(isStable && { stiffnessGpa }),
    parts: { stiffnessGpa, constantsGpa: constantsOf(stiffnessGpa), eigenvaluesGpa },
    issues: [
      ...(asymmetryFraction >= LARGEST_ASYMMETRY ? [issue('W_ELASTIC_ASYM', { asymmetryFraction })] : []),
      ...(isStable ? [] : [issue('E_ELASTIC_UNSTABLE', { eigenvalueGpa: lowest })]),
    ],
  };
}

/** GPa in Voigt's order, not made symmetric yet; or what is wrong with the inputs. */
function readMatrix(given: ElasticInputs): readonly (readonly number[])[] | string {
  const { stiffnessGpa, vaspKbar, crystal } = given;
  const constants: Constants = Object.fromEntries(
    VOIGT_INDICES.flatMap((index) => {
      const value = given[`c${index}Gpa`];
      return value === undefined ? [] : [[index, value]];
    }),
  );
  const hasConstants = Object.keys(constants).length > 0;
  if ([stiffnessGpa !== undefined, vaspKbar !== undefined, hasConstants].filter(Boolean).length !== 1) {
    return 'give one of stiffnessGpa, vaspKbar and single constants (C11, C12, …)';
  }
  if (stiffnessGpa !== undefined) return stiffnessGpa;
  if (vaspKbar !== undefined) {
    return VASP_PLACE.map((row) => VASP_PLACE.map((column) => (vaspKbar[row]?.[column] ?? 0) * GPA_PER_KBAR));
  }
  const named = crystal ?? classOfConstants(constants);
  if (named === undefined) return 'which class of crystal has these constants? Give crystal';
  const all = completed(constants, named);
  return typeof all === 'string' ? all : matrixOf(all);
}

function matrixOf(constants: Readonly<Record<VoigtIndex, number>>): number[][] {
  const matrix = Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => 0));
  for (const index of VOIGT_INDICES) {
    const [i, j] = [Number(index[0]) - 1, Number(index[1]) - 1];
    for (const [row, column] of [
      [i, j],
      [j, i],
    ] as const) {
      const into = matrix[row];
      if (into !== undefined) into[column] = constants[index];
    }
  }
  return matrix;
}

function constantsOf(matrix: readonly (readonly number[])[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    VOIGT_INDICES.map((index) => [`C${index}`, matrix[Number(index[0]) - 1]?.[Number(index[1]) - 1] ?? 0]),
  );
}

/** Largest difference of two components that should be equal, as a share of their mean. */
function asymmetryOf(matrix: readonly (readonly number[])[]): number {
  const largest = Math.max(...matrix.flat().map(Math.abs));
  let asymmetry = 0;
  for (const [i, row] of matrix.entries()) {
    for (let j = i + 1; j < row.length; j += 1) {
      const [upper, lower] = [row[j] ?? 0, matrix[j]?.[i] ?? 0];
      const size = Math.max(Math.abs(upper + lower) / 2, SMALL_SHARE * largest);
      if (size > 0) asymmetry = Math.max(asymmetry, Math.abs(upper - lower) / size);
    }
  }
  return asymmetry;
}
