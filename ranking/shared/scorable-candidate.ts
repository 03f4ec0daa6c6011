/**
 * The values of one candidate for the objectives of a profile, or the reasons why it is not ranked.
 *
 * A missing value is never filled in. `exclude` objectives refuse the candidate; `interval` objectives keep their weight,
 * so that the score has bounds; `renormalise` objectives give their weight to the others and say so, as long as 60 % of
 * the weight has a value. Source: SCIENCE §10.7.
 */
import { type Issue, issue } from '../../model/issues.ts';
import type { Objective, Profile } from '../../model/profile.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import { candidateValue } from './candidate-value.ts';
import type { Cell, MatrixRow } from './decision-matrix.ts';

/** Share of the weight that must have a value. */
const MINIMUM_COVERAGE = 0.6;

export interface ScorableCandidate {
  readonly row: MatrixRow;
  readonly issues: readonly Issue[];
}

export type Admission =
  | { readonly scorable: ScorableCandidate }
  | { readonly scorable?: never; readonly reasons: readonly Issue[] };

export function scorableCandidate(candidate: RankableCandidate, profile: Profile): Admission {
  const { objectives } = profile;
  const cells: (Cell | undefined)[] = [];
  const refusals: Issue[] = [];
  const absences: Issue[] = [];
  for (const { descriptor, missing } of objectives) {
    const found = candidateValue(candidate, descriptor);
    cells.push(found.state === 'known' ? found.known : undefined);
    if (found.state === 'known') continue;
    const isAllowed = found.state === 'missing' && missing !== 'exclude';
    (isAllowed ? absences : refusals).push(...found.reasons);
  }
  if (refusals.length > 0) return { reasons: [...refusals, ...absences] };
  const absent = (policy: Objective['missing']) =>
    objectives.filter((objective, at) => cells[at] === undefined && objective.missing === policy);
  const dropped = absent('renormalise');
  const bounded = absent('interval');
  const total = totalWeight(objectives);
  const coverage = (total - totalWeight(dropped) - totalWeight(bounded)) / total;
  const partial = { missing: namesOf(dropped), coverage };
  // Of a score with bounds nothing is made up, however little is known; of one without a weight at least 60 % must be.
  // A weight share such as 0.6 is rarely an exact binary fraction; the slack keeps 60 % at 60 %.
  if (dropped.length > 0 && coverage < MINIMUM_COVERAGE - 1e-12) {
    return { reasons: [issue('E_PARTIAL_SCORE', partial), ...absences] };
  }
  if (coverage <= 1e-12)
    return { reasons: [issue('E_PARTIAL_SCORE', { missing: namesOf(bounded), coverage: 0 }), ...absences] };
  return {
    scorable: {
      row: { id: candidate.id, cells, keepsWeight: objectives.map(({ missing }) => missing === 'interval') },
      issues: [
        ...(dropped.length === 0 ? [] : [issue('W_PARTIAL_SCORE', partial)]),
        ...(bounded.length === 0 ? [] : [issue('W_SCORE_INTERVAL', { missing: namesOf(bounded) })]),
      ],
    },
  };
}

function namesOf(objectives: readonly Objective[]): string {
  return objectives.map(({ descriptor }) => descriptor).join(', ');
}

function totalWeight(objectives: readonly Objective[]): number {
  return objectives.reduce((sum, objective) => sum + objective.weight, 0);
}
