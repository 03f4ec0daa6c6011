/**
 * The score of one candidate: desirabilities of its objectives and their weighted geometric mean, or the reasons why it
 * has none.
 *
 * A missing value is never filled in. `exclude` objectives refuse the candidate; `renormalise` objectives give their
 * weight to the others and say so, as long as 60 % of the weight has a value. Source: SCIENCE §10.2, §10.7.
 */
import { type Issue, issue } from '../../model/issues.ts';
import type { Objective, Profile } from '../../model/profile.ts';
import type { Contribution, RankableCandidate } from '../../model/ranking.ts';
import { desirabilityOf, weightedGeometricMean } from '../desirability.ts';
import { costOf } from '../pareto.ts';
import type { UncertainTerm } from '../rank-acceptability.ts';
import { candidateValue } from './candidate-value.ts';

/** Share of the weight that must have a value. */
const MINIMUM_COVERAGE = 0.6;

export interface ScoredCandidate {
  readonly id: string;
  readonly score: number;
  readonly contributions: Readonly<Record<string, Contribution>>;
  readonly terms: readonly UncertainTerm[];
  /** Coordinates for the Pareto fronts, one per objective of the profile. */
  readonly costs: readonly number[];
  readonly issues: readonly Issue[];
  readonly defined?: RankableCandidate['defined'];
}

export type Scoring =
  | { readonly scored: ScoredCandidate }
  | { readonly scored?: never; readonly reasons: readonly Issue[] };

interface KnownObjective {
  readonly objective: Objective;
  readonly value: number;
  readonly uncertainty: number;
}

export function scoreCandidate(candidate: RankableCandidate, profile: Profile): Scoring {
  const known: KnownObjective[] = [];
  const costs: number[] = [];
  const refusals: Issue[] = [];
  const absences: Issue[] = [];
  const absent: string[] = [];
  for (const objective of profile.objectives) {
    const found = candidateValue(candidate, objective.descriptor);
    costs.push(costOf(found.state === 'known' ? found.known.value : undefined, objective));
    if (found.state === 'known') {
      known.push({ objective, value: found.known.value, uncertainty: found.known.uncertainty });
    } else if (found.state === 'missing' && objective.missing === 'renormalise') {
      absent.push(objective.descriptor);
      absences.push(...found.reasons);
    } else {
      refusals.push(...found.reasons);
    }
  }
  const coverage = totalWeight(known.map((entry) => entry.objective)) / totalWeight(profile.objectives);
  const partial = { missing: absent.join(', '), coverage };
  if (refusals.length > 0) return { reasons: [...refusals, ...absences] };
  // A weight share such as 0.6 is rarely an exact binary fraction; the slack keeps 60 % at 60 %.
  if (coverage < MINIMUM_COVERAGE - 1e-12) return { reasons: [issue('E_PARTIAL_SCORE', partial), ...absences] };
  const issues = absent.length === 0 ? [] : [issue('W_PARTIAL_SCORE', partial)];
  return { scored: { id: candidate.id, costs, issues, ...scoreOf(known) } };
}

function scoreOf(known: readonly KnownObjective[]): Pick<ScoredCandidate, 'score' | 'contributions' | 'terms'> {
  const weightSum = totalWeight(known.map((entry) => entry.objective));
  const terms = known.map(({ objective, value, uncertainty }) => ({
    descriptor: objective.descriptor,
    value,
    uncertainty,
    share: objective.weight / weightSum,
    shape: objective.desirability,
    unit: objective.unit,
    desirability: desirabilityOf(value, objective.desirability),
  }));
  const contributions = terms.map(
    ({ descriptor, value, unit, desirability, share }) =>
      [descriptor, { value, unit, desirability, weight: share }] as const,
  );
  return { score: weightedGeometricMean(terms), contributions: Object.fromEntries(contributions), terms };
}

function totalWeight(objectives: readonly Objective[]): number {
  return objectives.reduce((sum, objective) => sum + objective.weight, 0);
}
