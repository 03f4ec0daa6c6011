/**
 * Elastic energy of a coating in the cell of an interface: the tensor of its bulk, turned to the plane of the interface, and
 * the strain from the relaxed bulk to that cell (SCIENCE §5.5).
 *
 * The mistakes avoided here: the axes of the cell of the bulk taken for those of the film, which are other ones on every
 * facet but one; and another plane of the same mesh: it must be of the family that the slab is found to expose.
 */
import { bulkOf } from '../assembly/identify-facet.ts';
import { coincidence } from '../assembly/shared/coincidence.ts';
import { familyKey, indicesOf } from '../assembly/shared/miller.ts';
import { planeVectors } from '../assembly/shared/slab-geometry.ts';
import { stiffnessOf } from '../descriptors/shared/stiffness.ts';
import { turnedStiffness } from '../descriptors/shared/turned-stiffness.ts';
import { strainEnergy } from '../descriptors/strain-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { distinctIssues } from '../model/issues.ts';
import { cross, determinant, dot, norm, scale, toCartesian, type Vector3 } from '../model/lattice.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { interfacesIn } from './describe-adhesion.ts';
import { componentsOf, tensorOf, type WithTensor } from './describe-elasticity.ts';
import { describedResult } from './described-result.ts';
import { memberIssues } from './member-issues.ts';

/** A coating that is strained by more has no lattice in common with its bulk. */
const STRAIN_LIMITS = { strain: 0.15, angleDegrees: 5 };

export const describeStrain: Describer = (system, input) => {
  const { slab, bulk: bulkId } = system;
  const bulk = bulkId === undefined ? undefined : input.calculations.get(bulkId);
  if (slab === undefined || bulk === undefined) return {};
  const interfaces = (interfacesIn(input).get(slab) ?? []).filter((sides) => sides.film.from !== slab);
  const tensor = interfaces.length === 0 ? undefined : tensorOf(bulk, input);
  if (tensor === undefined) return {};
  const results = interfaces.flatMap(({ film }) => {
    const cell = input.calculations.get(film.from);
    const strained = cell && strainedPlane(cell, { bulk, tensor, system, input });
    return strained === undefined ? [] : [energyOf(film.from, strained, tensor, bulk, input)];
  });
  const best = results.reduce<DescriptorResult | undefined>((lowest, each) => {
    if (lowest === undefined || !each.available) return lowest ?? each;
    return lowest.available && lowest.value <= each.value ? lowest : each;
  }, undefined);
  return best === undefined ? {} : { 'strain-energy': best };
};

interface StrainedPlane {
  /** ε11, ε22, 2ε12, along the first two of the axes. */
  readonly strain: readonly [number, number, number];
  /** Of the film in the frame of the tensor: two in the plane, the third along its normal. */
  readonly axes: readonly [Vector3, Vector3, Vector3];
}

interface Coating {
  readonly bulk: Calculation;
  readonly tensor: WithTensor;
  readonly system: System;
  readonly input: CandidateInput;
}

/** Undefined when the plane of the interface is none of the facet of the slab. */
function strainedPlane(cell: Calculation, { bulk, tensor, system, input }: Coating): StrainedPlane | undefined {
  const [lattice, frame] = [bulk.structure?.latticeAngstrom, tensor.calculation.structure?.latticeAngstrom];
  const plane = planeOf(cell, system, input);
  if (bulk.structure === undefined || lattice === undefined || frame === undefined || plane === undefined)
    return undefined;
  const multiples = coincidence(plane, lattice, STRAIN_LIMITS)?.multiples;
  const [first, second] = multiples ?? [];
  const known = bulkOf(bulk.structure);
  if (first === undefined || second === undefined || known === undefined || system.exposedFacet === undefined)
    return undefined;
  const relaxed = [toCartesian(first, lattice), toCartesian(second, lattice)] as const;
  const miller = indicesOf(cross(...relaxed), known.axes.lattice, determinant(known.crystal.primitive));
  const family = familyKey(miller, known.crystal, known.axes);
  if (family.join() !== system.exposedFacet.family.join()) return undefined;
  const [u, v] = [toCartesian(first, frame), toCartesian(second, frame)];
  const normal = unit(cross(u, v));
  return { strain: stretch(relaxed, plane), axes: [unit(u), unit(cross(normal, u)), normal] };
}

/** Of the vectors of the interface those that the slab alone lies in. */
function planeOf(cell: Calculation, { slab }: System, { calculations, roles }: CandidateInput) {
  const own = calculations.get(slab ?? '')?.structure?.latticeAngstrom;
  const axis = roles.get(slab ?? '')?.slab?.axis;
  const lattice = cell.structure?.latticeAngstrom;
  if (own === undefined || axis === undefined || lattice === undefined) return undefined;
  const wanted = planeVectors(own, axis);
  const misfit = (plane: readonly [Vector3, Vector3]): number =>
    plane.reduce((sum, vector, at) => sum + Math.abs(norm(vector) - norm(wanted[at] ?? vector)), 0);
  const planes = ([0, 1, 2] as const).map((across) => planeVectors(lattice, across));
  return planes.reduce((best, each) => (misfit(each) < misfit(best) ? each : best));
}

/** U − I of F = RU from one pair of vectors to the other, with x along the first vector. */
export function stretch(from: readonly [Vector3, Vector3], to: readonly [Vector3, Vector3]): [number, number, number] {
  const [a, b, c] = inPlane(from);
  const [p, q, r] = inPlane(to);
  // F of upper triangles: columns (a, 0) → (p, 0) and (b, c) → (q, r).
  const [f11, f12, f22] = [p / a, (q - (p * b) / a) / c, r / c];
  const [c11, c12, c22] = [f11 * f11, f11 * f12, f12 * f12 + f22 * f22];
  const root = f11 * f22;
  const divisor = Math.sqrt(c11 + c22 + 2 * root);
  return [(c11 + root) / divisor - 1, (c22 + root) / divisor - 1, (2 * c12) / divisor];
}

/** Lengths of the first vector, and of the second one along and across it. */
function inPlane([u, v]: readonly [Vector3, Vector3]): [number, number, number] {
  const length = norm(u);
  return [length, dot(u, v) / length, norm(cross(u, v)) / length];
}

function unit(vector: Vector3): Vector3 {
  return scale(vector, 1 / norm(vector));
}

function energyOf(
  cell: string,
  { strain, axes }: StrainedPlane,
  tensor: WithTensor,
  bulk: Calculation,
  input: CandidateInput,
): DescriptorResult {
  const { stiffnessGpa, issues } = stiffnessOf({ vaspKbar: tensor.moduliKbar });
  const remarks = distinctIssues([...issues, ...memberIssues(tensor.calculation, input), ...memberIssues(bulk, input)]);
  if (stiffnessGpa === undefined) return { available: false, reasons: remarks, parts: {} };
  const turned = turnedStiffness(stiffnessGpa, axes);
  const result = strainEnergy.compute(strainEnergy.inputs.parse({ stiffnessGpa: turned, planeStrain: strain }));
  const parts = { ...result.parts, planeStrain: strain, calculation: cell };
  return describedResult({ ...result, parts }, componentsOf(tensor), remarks);
}
