/**
 * Ranking: candidates and a profile in, an ordered and explained list out.
 *
 * Methods, one file each: constraints, desirability, weighted-sum, topsis, pareto, lexicographic; rank-acceptability and
 * weight-acceptability over draws; weight-sensitivity, next-place and next-calculations explain a ranking, explain-change
 * what became of it. What is exported here is how the layers above use them together.
 */
export { compareProfiles, type RankedPlaces } from './compare-profiles.ts';
export { explainChange } from './explain-change.ts';
export { readCandidateTable } from './shared/candidate-table.ts';
export { candidateValue } from './shared/candidate-value.ts';
export { type DescriptorNames, descriptorNames, type ResolvedName, underAllNames } from './shared/descriptor-names.ts';
export { parseProfile } from './shared/parse-profile.ts';
export { checkProfileDescriptors, profileDescriptorNames } from './shared/profile-descriptors.ts';
export { rankCandidates, rankedPlaces } from './shared/rank-candidates.ts';
export { originChanges, type ScreeningOrigins, screeningOrigins } from './shared/screening-origins.ts';
export { unitConverter } from './shared/unit-conversion.ts';
