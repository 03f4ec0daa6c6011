/**
 * The vibrations of a structure at rest, from the run that displaced its atoms.
 *
 * Such a run (IBRION 5, 6) is no state whose energy counts; it is known by its atoms, each within 0.05 Å of the relaxed
 * ones, which is more than the displacements that VASP makes. The mistake avoided here: modes of another functional or
 * cutoff, or of another site, taken for those of this one.
 */
import { compatibilityIssues } from '../assembly/compatibility.ts';
import type { Calculation } from '../model/calculation.ts';
import { hasError, type Issue, issue } from '../model/issues.ts';
import type { VibrationalModes } from '../model/response.ts';
import { formula } from '../model/structure.ts';
import type { CandidateInput } from './candidate-input.ts';
import { memberIssues } from './member-issues.ts';
import { rememberedOfInput } from './remembered-of-input.ts';
import { otherAtoms } from './same-atoms.ts';

const SAME_PLACE_ANGSTROM = 0.05;

export interface VibrationalRun {
  readonly calculation: Calculation;
  readonly modes: VibrationalModes;
}

/** One of the two is there, or neither: nobody displaced these atoms. */
export interface FoundVibrations {
  readonly run?: VibrationalRun;
  /** Why the only run of these atoms may not be used: `W_VIBRATIONS_UNUSED`. */
  readonly issues: readonly Issue[];
}

/** By formula. */
const vibrationalRuns = rememberedOfInput(({ calculations }) => {
  const runs = new Map<string, VibrationalRun[]>();
  for (const calculation of calculations.values()) {
    const { structure, vibrations: modes, supersededBy } = calculation;
    if (structure === undefined || modes === undefined || supersededBy !== undefined) continue;
    const key = formula(structure.species);
    const group = runs.get(key);
    if (group === undefined) runs.set(key, [{ calculation, modes }]);
    else group.push({ calculation, modes });
  }
  return runs;
});

export function vibrationsOf(of: Calculation, input: CandidateInput): FoundVibrations {
  const { structure } = of;
  if (structure === undefined) return { issues: [] };
  const issues: Issue[] = [];
  for (const run of vibrationalRuns(input).get(formula(structure.species)) ?? []) {
    const displaced = run.calculation.structure;
    if (displaced === undefined || otherAtoms(structure, displaced, SAME_PLACE_ANGSTROM) !== undefined) continue;
    const refused = refusal(run.calculation, of, input);
    if (refused === undefined) return { run, issues: [] };
    issues.push(vibrationsUnused(refused, run.calculation));
  }
  return { issues };
}

export function vibrationsUnused(reason: string, { id }: Calculation): Issue {
  return issue('W_VIBRATIONS_UNUSED', { reason }, { file: id });
}

/** Frequencies depend on what energies depend on: the same settings are asked for. */
function refusal(run: Calculation, of: Calculation, input: CandidateInput): string | undefined {
  const own = memberIssues(run, input);
  const apart = run.id === of.id ? [] : compatibilityIssues(run, of, 'atom-reference');
  const found = [...own, ...apart];
  return hasError(found) ? found.find(({ severity }) => severity === 'error')?.message : undefined;
}
