/**
 * The ranking: constraints, then score and Pareto fronts, then how far the uncertainties and the weights let the order be
 * trusted, and what would change it.
 *
 * Every candidate comes out, ranked or unranked with reasons. The order of the input changes nothing: candidates are
 * taken by id, equal scores are ordered by id (code units, not a locale), and every random stream belongs to an id.
 * Ranks are ordinal, 1 … n; whether two neighbours really differ is what `tieGroup` says. A score of 0 is a rank like
 * any other. Source: SCIENCE §10.1, §10.8.
 */
import { distinctIssues, type Issue, issue } from '../../model/issues.ts';
import type { Profile } from '../../model/profile.ts';
import type { RankableCandidate, Ranking, UnrankedCandidate } from '../../model/ranking.ts';
import type { RankedPlaces } from '../compare-profiles.ts';
import { checkConstraints } from '../constraints.ts';
import { nextCalculations } from '../next-calculations.ts';
import { weightVariations } from '../weight-sensitivity.ts';
import { chooseMethod } from './choose-method.ts';
import { decisionMatrix } from './decision-matrix.ts';
import { GENERATOR } from './normal-stream.ts';
import { type PlacedCandidate, placeCandidates } from './place-candidates.ts';
import { scorableCandidate } from './scorable-candidate.ts';
import { scoredList } from './scored-list.ts';

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
  const { ordered, placed, unranked, matrix, list } = listed(candidates, profile);
  const { ranked, draws } = placeCandidates({ placed, matrix, list, profile }, options);
  return {
    profile: profile.name,
    profileVersion: profile.version,
    method: profile.method,
    seed: options.seed,
    generator: GENERATOR,
    draws,
    ranked,
    unranked,
    weightVariations: weightVariations(matrix, list),
    nextCalculations: nextCalculations(ordered, { profile, matrix, list }),
    issues: [
      ...list.method.skipped.map((skipped) => issue('W_ZERO_COLUMN', skipped)),
      ...fewerDraws(draws, profile.monteCarlo.draws, ranked.length),
    ],
  };
}

/** The places alone, without draws and explanations: what a comparison of profiles needs, at a small part of the time. */
export function rankedPlaces(candidates: readonly RankableCandidate[], profile: Profile): RankedPlaces {
  const { unranked, matrix, list } = listed(candidates, profile);
  return {
    profile: profile.name,
    method: profile.method,
    ranked: list.rows.map((row, at) => ({
      id: matrix.ids[row] ?? '',
      rank: at + 1,
      score: list.method.scoreOf(list.order[row] ?? 0),
    })),
    unranked,
  };
}

/** Who is ranked in which order, and who is not for which reasons. */
export function listed(candidates: readonly RankableCandidate[], profile: Profile) {
  const ordered = byId(candidates);
  const { placed, unranked } = admitted(ordered, profile);
  const matrix = decisionMatrix(
    placed.map(({ row }) => row),
    profile.objectives,
  );
  return { ordered, placed, unranked, matrix, list: scoredList(matrix, chooseMethod(profile)) };
}

function admitted(
  candidates: readonly RankableCandidate[],
  profile: Profile,
): { readonly placed: PlacedCandidate[]; readonly unranked: UnrankedCandidate[] } {
  const placed: PlacedCandidate[] = [];
  const unranked: UnrankedCandidate[] = [];
  for (const candidate of candidates) {
    const verdict = checkConstraints(candidate, profile.constraints);
    const admission = scorableCandidate(candidate, profile);
    const { scorable } = admission;
    const defined = candidate.defined === undefined ? {} : { defined: candidate.defined };
    if (verdict.reasons.length === 0 && scorable !== undefined) {
      placed.push({ row: scorable.row, issues: [...verdict.issues, ...scorable.issues], ...defined });
    } else {
      const reasons = [...verdict.reasons, ...(scorable === undefined ? admission.reasons : [])];
      // Constraint and objective may miss the same value; it is told once.
      unranked.push({ id: candidate.id, reasons: distinctIssues(reasons), ...defined });
    }
  }
  return { placed, unranked };
}

function fewerDraws(draws: number, wanted: number, candidates: number): Issue[] {
  return draws === wanted ? [] : [issue('W_FEWER_DRAWS', { draws, wanted, candidates })];
}

function byId(candidates: readonly RankableCandidate[]): RankableCandidate[] {
  const ordered = [...candidates].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  ordered.forEach((candidate, index) => {
    if (index > 0 && ordered[index - 1]?.id === candidate.id) throw new RangeError(`two candidates ${candidate.id}`);
  });
  return ordered;
}
