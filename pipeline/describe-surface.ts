/**
 * Surface energy of the clean slab of a system, when its bulk is known.
 */

import { formulaMultiple, reducedFormula } from '../assembly/shared/composition-difference.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import { surfaceEnergy } from '../descriptors/surface-energy.ts';
import { type DescriptorResult, qualityOf } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput } from './candidate-input.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';

export function describeSurface(system: System, input: CandidateInput): DescriptorResult {
  const slab = system.slab === undefined ? undefined : input.calculations.get(system.slab);
  const geometry = slab === undefined ? undefined : input.roles.get(slab.id)?.slab;
  const link = system.links.find((candidate) => candidate.kind === 'slab-bulk');
  const bulk = link === undefined ? undefined : input.calculations.get(link.to);
  if (slab?.structure === undefined || geometry === undefined) return missing(['the clean slab']);
  if (bulk?.structure === undefined || link === undefined) {
    return missing([`bulk ${reducedFormula(slab.structure.species)}`]);
  }
  const issues: Issue[] = [...link.issues, ...memberIssues(slab, input), ...memberIssues(bulk, input)];
  const slabEnergy = usableEnergy(slab);
  const bulkEnergy = usableEnergy(bulk);
  const multiple = formulaMultiple(slab.structure.species, bulk.structure.species);
  if (multiple === undefined) {
    const details = { slab: reducedFormula(slab.structure.species), bulk: reducedFormula(bulk.structure.species) };
    issues.push(issue('E_NOT_STOICHIOMETRIC', details));
  }
  if (hasError(issues) || slabEnergy === undefined || bulkEnergy === undefined || multiple === undefined) {
    return { available: false, reasons: distinctIssues(issues), parts: {} };
  }
  const result = surfaceEnergy.compute(
    surfaceEnergy.inputs.parse({
      slabEv: slabEnergy.energySigma0Ev,
      bulkPerFormulaUnitEv: bulkEnergy.energySigma0Ev,
      formulaUnits: multiple,
      areaAngstrom2: geometry.areaAngstrom2,
      symmetric: geometry.symmetric,
    }),
  );
  if (!result.available) return { ...result, reasons: distinctIssues([...result.reasons, ...issues]) };
  const all = distinctIssues([...result.issues, ...issues, ...fixedSideIssues(geometry.fixedBottomLayers)]);
  return {
    ...result,
    quality: qualityOf(all),
    inputs: [inputReference('E(slab)', slab, 'energySigma0Ev'), inputReference('E(bulk)', bulk, 'energySigma0Ev')],
    issues: all,
  };
}

/** With a fixed side the formula averages a relaxed and an unrelaxed face. */
function fixedSideIssues(fixedLayers: number | undefined): Issue[] {
  if (fixedLayers === undefined || fixedLayers === 0) return [];
  const reason = `the ${fixedLayers} bottom layers are fixed, so the value averages a relaxed and an unrelaxed face`;
  return [issue('W_SYMMETRY_UNKNOWN', { reason })];
}

function missing(needed: readonly string[]): DescriptorResult {
  return { available: false, reasons: needed.map((what) => issue('E_REFERENCE_MISSING', { needed: what })), parts: {} };
}
