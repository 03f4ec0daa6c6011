/**
 * Formation energy of the bulk of a candidate, and its energy above the hull of all phases of its elements that the
 * screening holds.
 *
 * The mistakes avoided here: phases of other settings on one hull; "stable" said of a compound that was compared with its
 * elements only; and a second run of the same bulk, a millielectronvolt lower, taken for a phase that it decomposes into.
 */
import { compatibilityIssues } from '../assembly/compatibility.ts';
import { reducedFormula } from '../assembly/shared/composition-difference.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import { energyAboveHull } from '../descriptors/energy-above-hull.ts';
import { formationEnergy } from '../descriptors/formation-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult, InputReference } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import { volume } from '../model/lattice.ts';
import { composition, formula } from '../model/structure.ts';
import type { CandidateInput } from './candidate-input.ts';
import { describedResult } from './described-result.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';
import { type Described, describerOfBulk } from './remembered-of-input.ts';

/** Two runs of one composition that differ by less are the same phase: energy per atom, and volume per atom. */
const SAME_PHASE_EV = 0.005;
const SAME_PHASE_VOLUME = 0.02;

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
  const { compared, leftOut } = competing(bulk, input);
  if (compared.length === 0) return undefined;
  const { references } = elements;
  const issues = distinctIssues([
    ...elements.issues,
    ...compared.flatMap((phase) => [
      ...compatibilityIssues(bulk, phase, 'bulk-reference'),
      ...memberIssues(phase, input),
    ]),
    ...(leftOut.length > 0 ? [issue('W_ALTERNATIVES_UNUSED', { kind: 'phases', unused: leftOut.join(', ') })] : []),
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

interface Competing {
  readonly compared: readonly Calculation[];
  /** Phases of a composition that no calculation with fitting settings has. */
  readonly leftOut: readonly string[];
}

/** Other compounds of elements of the bulk; none when all of them have the formula of the bulk. */
function competing(bulk: Calculation, input: CandidateInput): Competing {
  const own = reducedFormula(bulk.structure?.species ?? []);
  const elements = new Set(bulk.structure?.species);
  const fitting: Calculation[] = [];
  const refused: Calculation[] = [];
  for (const calculation of input.calculations.values()) {
    const distinct = new Set(calculation.structure?.species);
    if (calculation.id === bulk.id || distinct.size < 2 || ![...distinct].every((each) => elements.has(each))) continue;
    if (input.roles.get(calculation.id)?.role !== 'bulk' || isSamePhase(calculation, bulk)) continue;
    const isUsable = usableEnergy(calculation) !== undefined;
    const fits = isUsable && !hasError(compatibilityIssues(bulk, calculation, 'bulk-reference'));
    (fits ? fitting : refused).push(calculation);
  }
  const formulaOf = ({ structure }: Calculation): string => reducedFormula(structure?.species ?? []);
  if (fitting.every((phase) => formulaOf(phase) === own)) return { compared: [], leftOut: [] };
  const known = new Set([own, ...fitting.map(formulaOf)]);
  return { compared: fitting, leftOut: refused.filter((phase) => !known.has(formulaOf(phase))).map(({ id }) => id) };
}

function isSamePhase(one: Calculation, other: Calculation): boolean {
  if (reducedFormula(one.structure?.species ?? []) !== reducedFormula(other.structure?.species ?? [])) return false;
  const [volumeRatio, differenceEv] = [volumePerAtom(one) / volumePerAtom(other), perAtomEv(one) - perAtomEv(other)];
  return Math.abs(volumeRatio - 1) <= SAME_PHASE_VOLUME && Math.abs(differenceEv) <= SAME_PHASE_EV;
}

function volumePerAtom({ structure }: Calculation): number {
  return structure === undefined ? Number.NaN : volume(structure.latticeAngstrom) / structure.species.length;
}

/** NaN of a calculation without energy, which is the same phase as none and is refused before its energy counts. */
function perAtomEv(calculation: Calculation): number {
  const energyEv = usableEnergy(calculation)?.energySigma0Ev ?? Number.NaN;
  return energyEv / (calculation.structure?.species.length ?? 1);
}

function energyOf(calculation: Calculation): InputReference {
  const name = formula(calculation.structure?.species ?? []);
  return inputReference(`E(${name})`, calculation, 'energySigma0Ev');
}
