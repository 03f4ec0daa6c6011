/**
 * The vibrations of a structure at rest, from the run that displaced its atoms.
 *
 * Such a run (IBRION 5, 6) is no state whose energy counts; it is known by its atoms, each within 0.05 Å of the relaxed
 * ones, which is more than the displacements that VASP makes. The mistakes avoided here: modes of another functional or
 * cutoff, or of another site, taken for those of this one; and the three translations of a cell without a fixed atom,
 * whose frequencies are noise, among its vibrations.
 */
import { compatibilityIssues } from '../assembly/compatibility.ts';
import { weakeningIssues } from '../assembly/usable-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { VibrationalModes } from '../model/response.ts';
import { formula, type Structure } from '../model/structure.ts';
import type { CandidateInput } from './candidate-input.ts';
import { memberIssues } from './member-issues.ts';
import { rememberedOfInput } from './remembered-of-input.ts';
import { otherAtoms } from './same-atoms.ts';

const SAME_PLACE_ANGSTROM = 0.05;
const MEV_PER_EV = 1000;

export interface VibrationalRun {
  readonly calculation: Calculation;
  /** Without translations. */
  readonly modes: VibrationalModes;
  /** 1 for each of the 3N components that was displaced; absent where no file tells. */
  readonly displaced?: Uint8Array;
  /** What weakens every value made of it. */
  readonly issues: readonly Issue[];
}

/** Neither is there when nobody displaced these atoms. */
export interface FoundVibrations {
  readonly runs: readonly VibrationalRun[];
  /** Why others of these atoms may not be used: `W_VIBRATIONS_UNUSED`. */
  readonly refused: readonly Issue[];
}

interface Displacing {
  readonly calculation: Calculation;
  readonly structure: Structure;
  readonly modes: VibrationalModes;
}

/** By formula. */
const vibrationalRuns = rememberedOfInput(({ calculations, roles }) => {
  const runs = new Map<string, Displacing[]>();
  for (const calculation of calculations.values()) {
    const { id, structure, vibrations: modes, supersededBy } = calculation;
    if (structure === undefined || modes === undefined || supersededBy !== undefined) continue;
    if (roles.get(id)?.role === 'ignored') continue;
    const key = formula(structure.species);
    const group = runs.get(key);
    if (group === undefined) runs.set(key, [{ calculation, structure, modes }]);
    else group.push({ calculation, structure, modes });
  }
  return runs;
});

export function vibrationsOf(of: Calculation, input: CandidateInput): FoundVibrations {
  const { structure } = of;
  if (structure === undefined) return { runs: [], refused: [] };
  const runs: VibrationalRun[] = [];
  const refused: Issue[] = [];
  for (const found of vibrationalRuns(input).get(formula(structure.species)) ?? []) {
    const { calculation } = found;
    if (otherAtoms(structure, found.structure, SAME_PLACE_ANGSTROM) !== undefined) continue;
    const differences = calculation.id === of.id ? [] : settingDifferences(of, calculation);
    const all = [...memberIssues(calculation, input), ...differences];
    const error = all.find(({ severity }) => severity === 'error');
    if (error !== undefined) refused.push(vibrationsUnused(error.message, calculation));
    else {
      const displaced = displacedComponents(found);
      const issues = [...weakeningIssues(calculation), ...differences];
      runs.push({ calculation, modes: withoutTranslations(found), ...(displaced && { displaced }), issues });
    }
  }
  return { runs, refused };
}

export function vibrationsUnused(reason: string, { id }: Calculation): Issue {
  return issue('W_VIBRATIONS_UNUSED', { reason }, { file: id });
}

/**
 * Frequencies depend on what energies depend on: the same settings are asked for. Of k-points less than energies: the
 * many displaced steps are often made with fewer, which is told and does not forbid them.
 */
function settingDifferences(of: Calculation, run: Calculation): Issue[] {
  return compatibilityIssues(of, run, 'path-image').map((found) => {
    if (found.code !== 'E_KMESH') return found;
    const { tag, left, right } = found.details;
    return issue('W_KMESH', { tag: String(tag), left: String(left), right: String(right) }, found.where);
  });
}

/** Flags that name another number of components than there are modes are not those of the run. */
function displacedComponents({ structure, modes }: Displacing): Uint8Array | undefined {
  const count = modes.wavenumbersPerCm.length;
  if (count === structure.cartesianAngstrom.length) return new Uint8Array(count).fill(1);
  const flags = structure.selectiveDynamics;
  return flags?.reduce((sum, flag) => sum + flag, 0) === count ? flags : undefined;
}

/** With every atom displaced three modes are those of the whole cell: the smallest, whatever their sign. */
function withoutTranslations({ structure, modes }: Displacing): VibrationalModes {
  const { wavenumbersPerCm, energiesMeV } = modes;
  if (wavenumbersPerCm.length !== structure.cartesianAngstrom.length) return modes;
  const bySize = [...wavenumbersPerCm.keys()].sort(
    (one, other) => Math.abs(wavenumbersPerCm[one] ?? 0) - Math.abs(wavenumbersPerCm[other] ?? 0),
  );
  const translations = new Set(bySize.slice(0, 3));
  const isKept = (_: number, at: number): boolean => !translations.has(at);
  const energies = energiesMeV.filter(isKept);
  return {
    wavenumbersPerCm: wavenumbersPerCm.filter(isKept),
    energiesMeV: energies,
    imaginaryCount: energies.filter((energy) => energy < 0).length,
    zeroPointEnergyEv: energies.reduce((sum, energy) => sum + Math.max(energy, 0), 0) / (2 * MEV_PER_EV),
  };
}
