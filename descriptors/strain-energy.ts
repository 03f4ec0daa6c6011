/**
 * Elastic energy of a coating that is strained to fit its substrate (SCIENCE §5.5).
 *
 * The mistake avoided here: a film held at its bulk spacing along the normal. It is free to relax there; without that the
 * energy of zinc (0001) comes out two thirds too large. A strain that is given in full is taken as it is.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { real, told, uncertainty } from './shared/inputs.ts';
import { symmetricEigenvalues } from './shared/jacobi-eigenvalues.ts';
import { solved } from './shared/linear-solve.ts';
import { elasticInputs, stiffnessOf } from './shared/stiffness.ts';

const UNIT = 'J/m³';
const PASCAL_PER_GPA = 1e9;
const METRE_PER_NANOMETRE = 1e-9;
/** 0.1 %, absolute (§10.5). */
const STRAIN_UNCERTAINTY_FRACTION = 1e-3;
const LINEAR_LIMIT_FRACTION = 0.05;
/** Places in Voigt's order: in the plane with normal z, and out of it. */
const IN_PLANE = [0, 1, 5] as const;
const OUT_OF_PLANE = [2, 3, 4] as const;

const inputs = z
  .strictObject({
    ...elasticInputs,
    strainFraction: real('ε', '', 'the same strain along both directions of the plane with normal z').optional(),
    planeStrain: told(
      z.array(z.number()).length(3).readonly(),
      'ε_p',
      '',
      '[ε11, ε22, 2ε12] in the plane with normal z; the film relaxes along z',
    ).optional(),
    strain: told(
      z.array(z.number()).length(6).readonly(),
      'ε_V',
      '',
      'all six in Voigt’s order, [ε11, ε22, ε33, 2ε23, 2ε13, 2ε12]; nothing relaxes',
    ).optional(),
    strainUncertaintyFraction: z
      .number()
      .min(0)
      .default(STRAIN_UNCERTAINTY_FRACTION)
      .describe('1σ of each component of the strain'),
    uncertainty,
  })
  .refine(
    (given) => [given.strainFraction, given.planeStrain, given.strain].filter((e) => e !== undefined).length === 1,
    'give one of strainFraction, planeStrain and strain',
  );

type Inputs = z.output<typeof inputs>;
type Matrix = readonly (readonly number[])[];

export const strainEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'strain-energy',
  version: 1,
  symbol: 'u',
  unit: UNIT,
  title: 'Elastic energy of a strained coating, per volume',
  sign: 'positive; smaller = less reason to crack or peel off',
  formula:
    'u = ½ε:C:ε; along both directions of a plane: u = M·ε², M = C11 + C12 − 2C13²/C33 of hcp (0001), ' +
    'C11 + C12 − 2C12²/C11 of cubic (001)',
  reference: 'J. F. Nye, Physical Properties of Crystals (1985); docs/science.md §5.5',
  group: 'stability and mechanics',
  better: 'lower',
  inScreening: true,
  aliases: [],
  example: {
    inputs: {
      crystal: 'hexagonal',
      c11Gpa: 163,
      c12Gpa: 30.6,
      c13Gpa: 48.1,
      c33Gpa: 60.3,
      c44Gpa: 39.4,
      strainFraction: 0.0037523,
    },
    prints: '1.645407e6',
    parts: { biaxialModulusGpa: '116.8633', energyPerThicknessJPerM2PerNm: '1.645e-3' },
    source: 'docs/science.md §5.5: zinc (0001) on vermiculite',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { stiffnessGpa, issues } = stiffnessOf(given);
  const strain = given.strain ?? given.planeStrain ?? [given.strainFraction ?? 0, given.strainFraction ?? 0, 0];
  const isRelaxed = given.strain === undefined;
  const stiffness = stiffnessGpa === undefined || !isRelaxed ? stiffnessGpa : planeStiffness(stiffnessGpa);
  const stressGpa = stiffness?.map((row) => product(row, strain));
  const energyGpa = stressGpa === undefined ? undefined : product(stressGpa, strain) / 2;
  const valueJPerM3 = energyGpa === undefined ? undefined : energyGpa * PASCAL_PER_GPA;
  const slopes = (stressGpa ?? []).map((each) => each * PASCAL_PER_GPA * given.strainUncertaintyFraction);
  // Both directions have the same strain, so their errors add up and do not average.
  const contributions = given.strainFraction === undefined ? slopes : [slopes.reduce((sum, each) => sum + each, 0)];
  return descriptorResult({
    value: valueJPerM3,
    unit: UNIT,
    convention: isRelaxed ? 'normal of the film along z, free to relax' : 'strain given in full',
    uncertainty: propagated(given.uncertainty, ...contributions),
    parts: {
      biaxialModulusGpa: isRelaxed && stiffness !== undefined ? equibiaxialGpa(stiffness) : undefined,
      energyPerThicknessJPerM2PerNm: valueJPerM3 === undefined ? undefined : valueJPerM3 * METRE_PER_NANOMETRE,
    },
    issues: [...issues, ...beyondLinear(isRelaxed ? planeTensor(strain) : fullTensor(strain))],
  });
}

/** With the components out of the plane free of stress: C_pp − C_pn·C_nn⁻¹·C_np. */
function planeStiffness(stiffness: Matrix): Matrix | undefined {
  const part = (rows: readonly number[], columns: readonly number[]): number[][] =>
    rows.map((i) => columns.map((j) => stiffness[i]?.[j] ?? 0));
  const relaxed = solved(part(OUT_OF_PLANE, OUT_OF_PLANE), part(OUT_OF_PLANE, IN_PLANE));
  const across = part(IN_PLANE, OUT_OF_PLANE);
  return part(IN_PLANE, IN_PLANE).map((row, i) =>
    row.map((value, j) => value - product(across[i] ?? [], relaxed?.map((each) => each[j] ?? 0) ?? [])),
  );
}

/** M of u = M·ε²: half the sum of the components of both directions. */
function equibiaxialGpa(plane: Matrix): number {
  const at = (i: number, j: number): number => plane[i]?.[j] ?? 0;
  return (at(0, 0) + at(1, 1) + at(0, 1) + at(1, 0)) / 2;
}

function product(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
}

function planeTensor([xx = 0, yy = 0, xy = 0]: readonly number[]): Matrix {
  return [
    [xx, xy / 2],
    [xy / 2, yy],
  ];
}

function fullTensor([xx = 0, yy = 0, zz = 0, yz = 0, zx = 0, xy = 0]: readonly number[]): Matrix {
  return [
    [xx, xy / 2, zx / 2],
    [xy / 2, yy, yz / 2],
    [zx / 2, yz / 2, zz],
  ];
}

function beyondLinear(strain: Matrix): Issue[] {
  const principal = symmetricEigenvalues(strain);
  const strainFraction = principal.reduce((found, each) => (Math.abs(each) > Math.abs(found) ? each : found), 0);
  return Math.abs(strainFraction) > LINEAR_LIMIT_FRACTION ? [issue('W_NONLINEAR_STRAIN', { strainFraction })] : [];
}
