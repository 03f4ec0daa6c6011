/**
 * The ranking: constraints, then score and Pareto fronts, then how far the uncertainties let the order be trusted.
 *
 * Every candidate comes out, ranked or unranked with reasons. The order of the input changes nothing: candidates are
 * taken by id, equal scores are ordered by id (code units, not a locale), and every random stream belongs to an id.
 * Ranks are ordinal, 1 … n; whether two neighbours really differ is what `tieGroup` says. A score of 0 is a rank like
 * any other. Source: SCIENCE §10.1, §10.8.
 */
import { distinctIssues } from '../../model/issues.ts';
import type { Profile } from '../../model/profile.ts';
import type { RankableCandidate, RankedCandidate, Ranking, UnrankedCandidate } from '../../model/ranking.ts';
import { checkConstraints } from '../constraints.ts';
import { paretoFronts } from '../pareto.ts';
import { rankAcceptability } from '../rank-acceptability.ts';
import { GENERATOR } from './normal-stream.ts';
import { type ScoredCandidate, scoreCandidate } from './score-candidate.ts';

/**
 * Ranks candidates by a profile. `values` and `missing` of a candidate are keyed by the very names the profile uses
 * (see `profileDescriptorNames`), each value in the unit the profile states. Weights in the contributions are shares:
 * they add up to 1 over the objectives that have a value.
 */
export function rankCandidates(
  candidates: readonly RankableCandidate[],
  profile: Profile,
  options: { readonly seed: number },
): Ranking {
  const scored: ScoredCandidate[] = [];
  const unranked: UnrankedCandidate[] = [];
  for (const candidate of byId(candidates)) {
    const verdict = checkConstraints(candidate, profile.constraints);
    const scoring = scoreCandidate(candidate, profile);
    if (verdict.reasons.length === 0 && scoring.scored !== undefined) {
      scored.push({
        ...scoring.scored,
        ...definedOf(candidate),
        issues: [...verdict.issues, ...scoring.scored.issues],
      });
    } else {
      const reasons = scoring.scored === undefined ? [...verdict.reasons, ...scoring.reasons] : verdict.reasons;
      // Constraint and objective may miss the same value; it is told once.
      unranked.push({ id: candidate.id, reasons: distinctIssues(reasons), ...definedOf(candidate) });
    }
  }
  // `scored` is in id order and the sort is stable: equal scores stay by id.
  scored.sort((a, b) => b.score - a.score);
  const { draws, correlations } = profile.monteCarlo;
  return {
    profile: profile.name,
    profileVersion: profile.version,
    seed: options.seed,
    generator: GENERATOR,
    draws,
    ranked: ranked(scored, { seed: options.seed, draws, correlations }),
    unranked,
    issues: [],
  };
}

function ranked(
  scored: readonly ScoredCandidate[],
  drawing: Parameters<typeof rankAcceptability>[1],
): RankedCandidate[] {
  const fronts = paretoFronts(scored.map((candidate) => candidate.costs));
  const acceptability = rankAcceptability(scored, drawing);
  return scored.map(({ id, score, contributions, issues, defined }, index) => ({
    id,
    rank: index + 1,
    score,
    front: fronts[index] ?? 0,
    contributions,
    firstRankProbability: acceptability[index]?.firstRankProbability ?? 0,
    tieGroup: acceptability[index]?.tieGroup ?? 0,
    ...(defined !== undefined && { defined }),
    issues,
  }));
}

function definedOf({ defined }: RankableCandidate): Pick<RankableCandidate, 'defined'> {
  return defined === undefined ? {} : { defined };
}

function byId(candidates: readonly RankableCandidate[]): RankableCandidate[] {
  const ordered = [...candidates].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  ordered.forEach((candidate, index) => {
    if (index > 0 && ordered[index - 1]?.id === candidate.id) throw new RangeError(`two candidates ${candidate.id}`);
  });
  return ordered;
}
