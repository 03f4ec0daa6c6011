/**
 * The whole way from what was read to a ranking, without touching a disk, a network or a clock: the same records,
 * profile and seed give the same result anywhere.
 *
 * Three stages, each of which can be run by itself on the result of the one before it: the jobs of the service do.
 */
import { DESCRIPTORS } from '../descriptors/index.ts';
import type { Calculation } from '../model/calculation.ts';
import type { Profile } from '../model/profile.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Ranking } from '../model/ranking.ts';
import type { DescriptorDescription, ScreeningCounts, ScreeningResult } from '../model/screening.ts';
import { type AssembleOptions, type Assembly, assembleScreening } from './assemble-screening.ts';
import { candidateForProfile } from './candidate-for-profile.ts';
import { type Description, describeScreening } from './describe-screening.ts';
import { checkProfile, type RankOptions, rankScreening } from './rank-screening.ts';
import type { ReadTree } from './read-tree.ts';

export interface ScreenOptions extends AssembleOptions, RankOptions {
  readonly adatomVersion: string;
  readonly protocol?: Protocol;
}

/** Without what an assembly was made with. */
type StageOptions = Omit<ScreenOptions, 'manifest' | 'manifestSource'>;

export interface Screening {
  readonly result: ScreeningResult;
  readonly calculations: readonly Calculation[];
}

export function screen(found: ReadTree, options: ScreenOptions): Screening {
  return screenAssembly(assembleScreening(found, options), options);
}

/** The second and third stage: of an assembly to which the files that descriptors ask for were joined. */
export function screenAssembly(assembly: Assembly, options: StageOptions): Screening {
  checkProfile(options.profile);
  const description = describeScreening(assembly, options.protocol);
  const ranking = rankScreening(description.candidates, options);
  const stages = { assembly, counts: countsOf(assembly.calculations), description, ranking };
  return { calculations: assembly.calculations, result: screeningResult(stages, options) };
}

export interface StageResults {
  readonly assembly: Omit<Assembly, 'calculations'>;
  readonly counts: ScreeningCounts;
  readonly description: Description;
  readonly ranking: Ranking;
}

interface ResultOptions {
  readonly adatomVersion: string;
  readonly ion: string;
  readonly protocol?: { readonly name: string };
  /** That the ranking was made by: candidates tell what was scored. Without it they are as they were described. */
  readonly profile?: Profile;
}

/** The answer from the results of the three stages, its keys in the order of ranking.json. */
export function screeningResult(
  { assembly, counts, description, ranking }: StageResults,
  options: ResultOptions,
): ScreeningResult {
  const { profile } = options;
  const candidates =
    profile === undefined ? description.candidates : description.candidates.map(candidateForProfile(profile));
  return {
    adatomVersion: options.adatomVersion,
    profile: ranking.profile,
    profileVersion: ranking.profileVersion,
    method: ranking.method,
    ion: options.ion,
    ...(options.protocol !== undefined && { protocol: options.protocol.name }),
    seed: ranking.seed,
    generator: ranking.generator,
    draws: ranking.draws,
    definitions: descriptorDescriptions(),
    calculations: counts,
    roles: assembly.roles,
    systems: assembly.systems,
    relations: assembly.relations,
    paths: assembly.paths,
    candidates,
    ...(description.protocolVerdicts !== undefined && { protocolVerdicts: description.protocolVerdicts }),
    ranked: ranking.ranked,
    unranked: ranking.unranked,
    weightVariations: ranking.weightVariations,
    nextCalculations: ranking.nextCalculations,
    ...(ranking.profileComparison !== undefined && { profileComparison: ranking.profileComparison }),
    unused: assembly.unused,
    issues: [...assembly.issues, ...description.issues, ...ranking.issues],
  };
}

export function countsOf(calculations: readonly Calculation[]): ScreeningCounts {
  const parsed = calculations.filter((calculation) => calculation.final !== undefined).length;
  return { found: calculations.length, parsed, unreadable: calculations.length - parsed };
}

/** What every descriptor of a candidate is, without its code. */
export function descriptorDescriptions(): DescriptorDescription[] {
  return DESCRIPTORS.filter(({ inScreening }) => inScreening).map(
    ({ identifier, version, symbol, unit, title, sign, formula, reference }) => ({
      identifier,
      version,
      symbol,
      unit,
      title,
      sign,
      formula,
      reference,
    }),
  );
}
