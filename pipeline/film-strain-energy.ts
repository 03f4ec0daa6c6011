/**
 * Elastic energy of a film that is strained onto a coating, where the elastic tensor of the metal was calculated
 * (SCIENCE §5.5). Thermal expansion is left out: the lattices are those of the calculations.
 *
 * The mistake avoided here: the axes of the tensor taken for those of the film's facet.
 */
import { bulkFacet } from '../assembly/bulk-facets.ts';
import { bulkOf } from '../assembly/identify-facet.ts';
import { stiffnessOf } from '../descriptors/shared/stiffness.ts';
import { turnedStiffness } from '../descriptors/shared/turned-stiffness.ts';
import { strainEnergy } from '../descriptors/strain-energy.ts';
import type { CoincidenceMatch } from '../model/coincidence.ts';
import type { InputReference } from '../model/descriptor.ts';
import { add, cross, norm, scale, type Vector3 } from '../model/lattice.ts';
import type { Matrix2, PlaneLattice } from '../model/plane-lattice.ts';
import type { CandidateInput } from './candidate-input.ts';
import { componentsOf, tensorOf } from './describe-elasticity.ts';
import { stretch } from './describe-strain.ts';
import type { FacetMatch } from './facet-matches.ts';
import type { FilmSource } from './film-sources.ts';

export interface FilmStrainEnergy {
  readonly parts: Readonly<Record<string, unknown>>;
  readonly inputs: readonly InputReference[];
}

/** Undefined without a match, and without a usable tensor. */
export function filmStrainEnergy(
  { calculation }: FilmSource,
  { facet, result }: FacetMatch,
  substrate: PlaneLattice,
  input: CandidateInput,
): FilmStrainEnergy | undefined {
  const match = result.parts.minimumArea as CoincidenceMatch | undefined; // as coincidence-mismatch gives it
  const tensor = calculation && tensorOf(calculation, input);
  const structure = tensor?.calculation.structure;
  const bulk = structure && bulkOf(structure);
  const { stiffnessGpa } = tensor === undefined ? {} : stiffnessOf({ vaspKbar: tensor.moduliKbar });
  if (!result.available || match === undefined || tensor === undefined || bulk === undefined) return undefined;
  if (stiffnessGpa === undefined) return undefined;
  const [first, second] = bulkFacet(bulk, facet.miller).basisAngstrom;
  // The strain is that of the lattices that were matched; the axes are those of the tensor.
  const film = supercellOf(match.filmMatrix, spatial(facet.lattice));
  const planeStrain = stretch(film, supercellOf(match.substrateMatrix, spatial(substrate)));
  const [u, v] = supercellOf(match.filmMatrix, [first, second]);
  const normal = unit(cross(u, v));
  const turned = turnedStiffness(stiffnessGpa, [unit(u), unit(cross(normal, u)), normal]);
  const energy = strainEnergy.compute(strainEnergy.inputs.parse({ stiffnessGpa: turned, planeStrain }));
  if (!energy.available) return undefined;
  const { energyPerThicknessJPerM2PerNm } = energy.parts;
  return {
    parts: { planeStrain, strainEnergyJPerM3: energy.value, strainEnergyJPerM2PerNm: energyPerThicknessJPerM2PerNm },
    inputs: componentsOf(tensor),
  };
}

type Pair = readonly [Vector3, Vector3];

function spatial([a, b]: PlaneLattice): Pair {
  return [
    [a[0], a[1], 0],
    [b[0], b[1], 0],
  ];
}

function supercellOf([p, q]: Matrix2, [u, v]: Pair): Pair {
  return [add(scale(u, p[0]), scale(v, p[1])), add(scale(u, q[0]), scale(v, q[1]))];
}

function unit(vector: Vector3): Vector3 {
  return scale(vector, 1 / norm(vector));
}
