/**
 * Potentials against the metal between which the bulk of a candidate is stable, from the phases of its elements and the
 * metal that the screening holds (SCIENCE §8).
 *
 * The mistake avoided here: a coating called stable against the metal because nobody calculated what it is reduced to. With
 * no other compound of the metal beside it nothing is told; a window only of a compound that holds the metal.
 */
import { compatibilityIssues } from '../assembly/compatibility.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import { electrochemicalWindow } from '../descriptors/electrochemical-window.ts';
import { reductionLimit } from '../descriptors/reduction-limit.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { workingIon } from '../model/elements.ts';
import { distinctIssues, hasError, type Issue } from '../model/issues.ts';
import { formula } from '../model/structure.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { competingPhases, perAtomEv, unusedPhases } from './competing-phases.ts';
import { energyOf } from './describe-formation.ts';
import { describedResult } from './described-result.ts';
import { memberIssues } from './member-issues.ts';
import { type Described, rememberedOfInput } from './remembered-of-input.ts';

const knownIn = rememberedOfInput(() => new Map<string, Described>());

/** The same for every facet of a bulk and every adatom of one metal. */
export const describeWindow: Describer = (system, input) => {
  const bulk = system.bulk === undefined ? undefined : input.calculations.get(system.bulk);
  if (bulk === undefined || workingIon(system.ion) === undefined) return {};
  const known = knownIn(input);
  const key = `${bulk.id} ${system.ion}`;
  const found = known.get(key) ?? windowOf(bulk, system.ion, input);
  known.set(key, found);
  return found;
};

function windowOf(bulk: Calculation, metal: string, input: CandidateInput): Described {
  const elements = new Set(bulk.structure?.species);
  if (elements.size === 1 && elements.has(metal)) return {};
  const holdsMetal = elements.has(metal);
  const { compared, leftOut } = competingPhases(bulk, new Set([...elements, metal]), input);
  const hasProducts = compared.some((phase) => holdsMetal || phase.structure?.species.includes(metal) === true);
  const references = referencesOf(bulk, metal, input);
  if (!hasProducts || references === undefined) return {};
  const phases = [bulk, ...references.members, ...compared];
  const issues = distinctIssues([
    ...references.issues,
    ...phases.flatMap((phase) => memberIssues(phase, input)),
    ...compared.flatMap((phase) => compatibilityIssues(bulk, phase, 'bulk-reference')),
    ...unusedPhases(leftOut),
  ]);
  const given = hasError(issues) ? undefined : givenOf(bulk, phases, metal);
  const described = (compute: (inputs: NonNullable<typeof given>) => DescriptorResult): DescriptorResult => {
    if (given === undefined) return { available: false, reasons: issues, parts: {} };
    const result = compute(given);
    const parts = { ...result.parts, phasesCompared: phases.length };
    return describedResult({ ...result, parts }, phases.map(energyOf), issues);
  };
  return {
    'reduction-limit': described((inputs) => reductionLimit.compute(reductionLimit.inputs.parse(inputs))),
    ...(holdsMetal && {
      'electrochemical-window': described((inputs) =>
        electrochemicalWindow.compute(electrochemicalWindow.inputs.parse(inputs)),
      ),
    }),
  };
}

function givenOf(bulk: Calculation, phases: readonly Calculation[], metal: string) {
  const listed = phases.map((phase) => ({
    formula: formula(phase.structure?.species ?? []),
    energyEv: usableEnergy(phase)?.energySigma0Ev ?? Number.NaN,
    label: phase.id,
  }));
  // Without an energy one of the issues is an error.
  return { metal, phase: bulk.id, phases: listed };
}

interface References {
  readonly members: readonly Calculation[];
  readonly issues: readonly Issue[];
}

/** The elements of the bulk as its formation energy has them, and the metal; undefined when one of them is not there. */
function referencesOf(bulk: Calculation, metal: string, input: CandidateInput): References | undefined {
  const links = input.relations.filter(({ kind, from }) => kind === 'formation-reference' && from === bulk.id);
  const members = links.flatMap(({ to }) => input.calculations.get(to) ?? []);
  const issues = links.flatMap((link) => link.issues);
  if (members.length === 0) return undefined;
  if (bulk.structure?.species.includes(metal) === true) return { members, issues };
  const own = metalsIn(input)
    .get(metal)
    ?.find((each) => !hasError(compatibilityIssues(bulk, each, 'bulk-reference')));
  if (own === undefined) return undefined;
  return { members: [...members, own], issues: [...issues, ...compatibilityIssues(bulk, own, 'bulk-reference')] };
}

/** Bulks of one element each, the lowest energy per atom first. */
const metalsIn = rememberedOfInput(({ calculations, roles }): ReadonlyMap<string, readonly Calculation[]> => {
  const found = new Map<string, Calculation[]>();
  for (const calculation of calculations.values()) {
    const [element, ...others] = new Set(calculation.structure?.species);
    if (element === undefined || others.length > 0 || roles.get(calculation.id)?.role !== 'bulk') continue;
    if (usableEnergy(calculation) === undefined) continue;
    found.set(element, [...(found.get(element) ?? []), calculation]);
  }
  for (const members of found.values()) members.sort((left, right) => perAtomEv(left) - perAtomEv(right));
  return found;
});
