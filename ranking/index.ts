/**
 * Ranking: candidates and a profile in, an ordered and explained list out.
 *
 * Methods, one file each: constraints, desirability, pareto, rank-acceptability. What is exported here is how the
 * layers above use them together.
 */
export { readCandidateTable } from './shared/candidate-table.ts';
export { type DescriptorNames, descriptorNames, underAllNames } from './shared/descriptor-names.ts';
export { parseProfile } from './shared/parse-profile.ts';
export { checkProfileDescriptors, profileDescriptorNames } from './shared/profile-descriptors.ts';
export { rankCandidates } from './shared/rank-candidates.ts';
export { RANKING_HEADERS } from './shared/table-columns.ts';
