/**
 * Phases that a bulk may turn into: the other compounds of its chemical system that the screening holds.
 *
 * The mistakes avoided here: phases of other settings beside it, and another run of the same bulk, a millielectronvolt
 * lower, taken for a phase of its own.
 */
import { compatibilityIssues } from '../assembly/compatibility.ts';
import { reducedFormula } from '../assembly/shared/composition-difference.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import { hasError, type Issue, issue } from '../model/issues.ts';
import { volume } from '../model/lattice.ts';
import type { CandidateInput } from './candidate-input.ts';

/** Two runs of one composition that differ by less are the same phase: energy per atom, and volume per atom. */
const SAME_PHASE_EV = 0.005;
const SAME_PHASE_VOLUME = 0.02;

export interface CompetingPhases {
  readonly compared: readonly Calculation[];
  /** Phases of a composition that no calculation with fitting settings has. */
  readonly leftOut: readonly string[];
}

/** Other compounds of these elements; none when all of them have the formula of the bulk. */
export function competingPhases(
  bulk: Calculation,
  elements: ReadonlySet<string>,
  input: CandidateInput,
): CompetingPhases {
  const own = reducedFormula(bulk.structure?.species ?? []);
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
export function perAtomEv(calculation: Calculation): number {
  const energyEv = usableEnergy(calculation)?.energySigma0Ev ?? Number.NaN;
  return energyEv / (calculation.structure?.species.length ?? 1);
}

export function unusedPhases(leftOut: readonly string[]): Issue[] {
  return leftOut.length === 0 ? [] : [issue('W_ALTERNATIVES_UNUSED', { kind: 'phases', unused: leftOut.join(', ') })];
}
