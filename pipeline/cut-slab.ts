/**
 * The clean slab of a system with the bulk it is cut from, or why their energies make no difference.
 */
import { formulaMultiple, reducedFormula } from '../assembly/shared/composition-difference.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import type { InputReference } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import type { SlabGeometry, System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';

/** What the formulas of surfaces take. */
export interface CutEnergies {
  readonly slabEv: number;
  readonly bulkPerFormulaUnitEv: number;
  readonly formulaUnits: number;
  readonly areaAngstrom2: number;
}

export interface CutSlab {
  readonly slab: Calculation;
  readonly geometry: SlabGeometry;
  readonly bulk?: Calculation;
  /** Absent when something is missing or may not be subtracted: the issues say what. */
  readonly energies?: CutEnergies;
  readonly references: readonly InputReference[];
  readonly issues: readonly Issue[];
}

/** Undefined without a clean slab. */
export function cutSlab(system: System, input: CandidateInput): CutSlab | undefined {
  const slab = system.slab === undefined ? undefined : input.calculations.get(system.slab);
  const geometry = slab === undefined ? undefined : input.roles.get(slab.id)?.slab;
  if (slab?.structure === undefined || geometry === undefined) return undefined;
  const link = system.links.find((candidate) => candidate.kind === 'slab-bulk');
  const bulk = link === undefined ? undefined : input.calculations.get(link.to);
  if (bulk?.structure === undefined || link === undefined) {
    const needed = `bulk ${reducedFormula(slab.structure.species)}`;
    return { slab, geometry, references: [], issues: [issue('E_REFERENCE_MISSING', { needed })] };
  }
  const found: Issue[] = [...link.issues, ...memberIssues(slab, input), ...memberIssues(bulk, input)];
  const formulaUnits = formulaMultiple(slab.structure.species, bulk.structure.species);
  if (formulaUnits === undefined) {
    const details = { slab: reducedFormula(slab.structure.species), bulk: reducedFormula(bulk.structure.species) };
    found.push(issue('E_NOT_STOICHIOMETRIC', details));
  }
  const issues = distinctIssues(found);
  const [slabEnergy, bulkEnergy] = [usableEnergy(slab), usableEnergy(bulk)];
  if (hasError(issues) || slabEnergy === undefined || bulkEnergy === undefined || formulaUnits === undefined) {
    return { slab, geometry, bulk, references: [], issues };
  }
  return {
    slab,
    geometry,
    bulk,
    energies: {
      slabEv: slabEnergy.energySigma0Ev,
      bulkPerFormulaUnitEv: bulkEnergy.energySigma0Ev,
      formulaUnits,
      areaAngstrom2: geometry.areaAngstrom2,
    },
    references: [inputReference('E(slab)', slab, 'energySigma0Ev'), inputReference('E(bulk)', bulk, 'energySigma0Ev')],
    issues,
  };
}
