/**
 * Formation energy of the bulk of a candidate, and its energy above the hull of all phases of its elements that the
 * screening holds.
 *
 * The mistakes avoided here: phases of other settings on one hull; "stable" said of a compound that was compared with its
 * elements only; and a second run of the same bulk, a millielectronvolt lower, taken for a phase that it decomposes into.
 */
import { compatibilityIssues } from '../assembly/compatibility.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import { energyAboveHull } from '../descriptors/energy-above-hull.ts';
import { formationEnergy } from '../descriptors/formation-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue } from '../model/issues.ts';
import { composition, formula } from '../model/structure.ts';
import type { CandidateInput } from './candidate-input.ts';
import { competingPhases, perAtomEv, unusedPhases } from './competing-phases.ts';
import { describedResult } from './described-result.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';
import { type Described, describerOfBulk } from './remembered-of-input.ts';

interface Elements {
  readonly references: readonly Calculation[];
  readonly issues: readonly Issue[];
}

export const describeFormation = describerOfBulk((bulk, input): Described => {
  const links = input.relations.filter(({ kind, from }) => kind === 'formation-reference' && from === bulk.id);
  const references = links.flatMap(({ to }) => input.calculations.get(to) ?? []);
  if (references.length === 0) return {};
  const members = [bulk, ...references].flatMap((member) => memberIssues(member, input));
  const elements: Elements = {
    references,
    issues: distinctIssues([...links.flatMap(({ issues }) => issues), ...members]),
  };
  const hull = hullOf(bulk, elements, input);
  return { 'formation-energy': formationOf(bulk, elements), ...(hull !== undefined && { 'energy-above-hull': hull }) };
});

function formationOf(bulk: Calculation, { references, issues }: Elements): DescriptorResult {
  const totalEv = usableEnergy(bulk)?.energySigma0Ev;
  const potentials = references.map(
    (reference) => [...new Set(reference.structure?.species), perAtomEv(reference)] as const,
  );
  if (hasError(issues) || totalEv === undefined) return { available: false, reasons: issues, parts: {} };
  const result = formationEnergy.compute(
    formationEnergy.inputs.parse({
      totalEv,
      atoms: composition(bulk.structure?.species ?? []),
      chemicalPotentialsEv: Object.fromEntries(potentials),
    }),
  );
  const inputs = [bulk, ...references].map((member) => energyOf(member));
  return describedResult(result, inputs, issues);
}

/** Undefined when nothing but the elements stands beside the compound. */
function hullOf(bulk: Calculation, elements: Elements, input: CandidateInput): DescriptorResult | undefined {
  const { compared, leftOut } = competingPhases(bulk, new Set(bulk.structure?.species), input);
  if (compared.length === 0) return undefined;
  const { references } = elements;
  const issues = distinctIssues([
    ...elements.issues,
    ...compared.flatMap((phase) => [
      ...compatibilityIssues(bulk, phase, 'bulk-reference'),
      ...memberIssues(phase, input),
    ]),
    ...unusedPhases(leftOut),
  ]);
  if (hasError(issues)) return { available: false, reasons: issues, parts: {} };
  const members = [bulk, ...references, ...compared];
  const result = energyAboveHull.compute(
    energyAboveHull.inputs.parse({
      phase: bulk.id,
      phases: members.map((member) => ({
        formula: formula(member.structure?.species ?? []),
        energyEv: usableEnergy(member)?.energySigma0Ev,
        label: member.id,
      })),
    }),
  );
  return describedResult(result, members.map(energyOf), issues);
}

export function energyOf(calculation: Calculation): InputReference {
  const name = formula(calculation.structure?.species ?? []);
  return inputReference(`E(${name})`, calculation, 'energySigma0Ev');
}
