/**
 * Surface energy of the clean slab of a system, and the cleavage energy of one whose faces differ, when its bulk is known.
 */
import { cleavageEnergy } from '../descriptors/cleavage-energy.ts';
import { surfaceEnergy } from '../descriptors/surface-energy.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { System } from '../model/system.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { cutSlab } from './cut-slab.ts';
import { describedResult } from './described-result.ts';

export function describeSurface(system: System, input: CandidateInput): DescriptorResult {
  const cut = cutSlab(system, input);
  if (cut === undefined) {
    return { available: false, reasons: [issue('E_REFERENCE_MISSING', { needed: 'the clean slab' })], parts: {} };
  }
  const { energies, geometry, references, issues } = cut;
  if (energies === undefined) return { available: false, reasons: issues, parts: {} };
  const result = surfaceEnergy.compute(surfaceEnergy.inputs.parse({ ...energies, symmetric: geometry.symmetric }));
  const remarks = result.available ? fixedSideIssues(geometry.fixedBottomLayers) : [];
  return describedResult(result, references, [...issues, ...remarks]);
}

/**
 * Of a slab whose faces differ: it is all that is defined of them. With planes held one of the faces is as cut from the
 * bulk, which the convention says.
 */
export const describeCleavage: Describer = (system, input) => {
  const cut = cutSlab(system, input);
  if (cut?.bulk === undefined || cut.geometry.symmetric) return {};
  const { energies, geometry, references, issues } = cut;
  if (energies === undefined) return { 'cleavage-energy': { available: false, reasons: issues, parts: {} } };
  const result = describedResult(cleavageEnergy.compute(energies), references, issues);
  const held = geometry.fixedBottomLayers ?? 0;
  if (!result.available || held === 0) return { 'cleavage-energy': result };
  const convention = `${result.convention}; ${held} planes held on one side`;
  return { 'cleavage-energy': { ...result, convention, parts: { ...result.parts, heldPlanes: held } } };
};

/** With a fixed side the formula averages a relaxed and an unrelaxed face. */
function fixedSideIssues(fixedLayers: number | undefined): Issue[] {
  if (fixedLayers === undefined || fixedLayers === 0) return [];
  const reason = `the ${fixedLayers} bottom layers are fixed, so the value averages a relaxed and an unrelaxed face`;
  return [issue('W_SYMMETRY_UNKNOWN', { reason })];
}
