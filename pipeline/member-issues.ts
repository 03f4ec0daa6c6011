/**
 * What is remarkable about a calculation that a value is made of: what its files say, and what its structure shows.
 *
 * The mistake avoided here: a value of quality "ok" made of a relaxation that stopped early or of a slab with thin
 * vacuum, because the warning stayed with the calculation (SCIENCE §0: warnings lower the quality and are kept).
 */
import { blockingIssues, weakeningIssues } from '../assembly/usable-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, located } from '../model/issues.ts';
import type { CandidateInput } from './candidate-input.ts';

export function memberIssues(calculation: Calculation, { roles }: Pick<CandidateInput, 'roles'>): Issue[] {
  const shown = roles.get(calculation.id)?.issues ?? [];
  return [...blockingIssues(calculation), ...weakeningIssues(calculation), ...located(shown, { file: calculation.id })];
}
