/**
 * `adatom rank`: any table of candidates, ranked by a profile.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { distinctIssues, type Issue } from '../model/issues.ts';
import type { Profile } from '../model/profile.ts';
import { issueDocument } from '../pipeline/issue-document.ts';
import { readProfileTable } from '../pipeline/profile-table.ts';
import { compareProfiles, type RankedPlaces, rankCandidates, rankedPlaces } from '../ranking/index.ts';
import { loadProfile, profileNames } from '../reading/find-profile.ts';
import { seedFor } from '../reading/screening-request.ts';
import { changeDocument } from './shared/change-document.ts';
import { changeText } from './shared/change-text.ts';
import { type CommonOptions, newCommand, wholeNumber } from './shared/command.ts';
import { comparisonText } from './shared/comparison-text.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { type ChangeRequest, rankChange, refuseEmptyEnds } from './shared/rank-change.ts';
import { rankingDocument, rankingText } from './shared/ranking-document.ts';
import { tableText } from './shared/table-text.ts';
import { paintFor } from './shared/terminal.ts';
import { rankingWriter } from './shared/write-ranking.ts';

interface RankOptions extends CommonOptions {
  readonly profile?: string;
  readonly compare?: boolean;
  readonly before?: string;
  readonly beforeProfile?: string;
  readonly seed?: number;
  readonly out?: string;
}

export function rankCommand(): Command {
  return newCommand('rank', 'rank a table of candidates')
    .argument('<table>', 'CSV or JSON: a row per candidate, a column per descriptor')
    .option('--profile <name>', `ranking profile: ${profileNames().join(', ')}, or a YAML file (needed)`)
    .option('--compare', 'the ranks under every shipped profile, and under --profile')
    .option('--before <table>', 'an earlier table: which causes moved each candidate since then')
    .option('--before-profile <name>', 'ranking profile of the earlier table (default: that of --profile)')
    .option('--seed <number>', "seed of the Monte Carlo draws (default: the profile's, else 1)", wholeNumber(0))
    .option('--out <file>', 'write the ranking with its values into this file: .csv, .json or .parquet')
    .action(rankTable);
}

async function rankTable(file: string, options: RankOptions): Promise<void> {
  if (options.compare === true && options.before !== undefined) {
    throw new AdatomError('request', 'expected --compare or --before, found both');
  }
  if (options.before === undefined && options.beforeProfile !== undefined) {
    throw new AdatomError('request', '--before-profile is of an earlier table: --before is needed');
  }
  if (options.compare === true) await compare(file, options);
  else if (options.before !== undefined) await explain(file, options.before, options);
  else await rankByOne(file, options);
}

function profileOf({ profile }: RankOptions): string {
  if (profile !== undefined) return profile;
  throw new AdatomError('request', `--profile is needed: ${profileNames().join(', ')}, or a YAML file`);
}

async function rankByOne(file: string, options: RankOptions): Promise<void> {
  const profile = loadProfile(profileOf(options));
  const write = options.out === undefined ? undefined : rankingWriter(options.out, file);
  const { names, candidates, issues } = readProfileTable(tableText(file), profile);
  const ranking = rankCandidates(candidates, profile, { seed: seedFor(profile, options.seed) });
  write?.({ ranking, profile, names, candidates }, issues);
  const output = standardOutput();
  if (options.json === true) await writeJson(output, rankingDocument(ranking, issues));
  else await output.write(`${rankingText(ranking, issues, paintFor(process.stdout)).join('\n')}\n`);
  refuseEmpty(ranking, file);
}

/** A table for Zn is compared by the profiles of Li, too: what it has no values for is not ranked there. */
async function compare(file: string, options: RankOptions): Promise<void> {
  if (options.out !== undefined) throw new AdatomError('request', '--out is of one ranking: leave out --compare');
  const table = tableText(file);
  const read = comparedProfiles(options).map((profile) => ({ profile, ...readProfileTable(table, profile) }));
  const places = read.map(({ profile, candidates }) => rankedPlaces(candidates, profile));
  const comparison = compareProfiles(places);
  const issues = issuesOfAll(read.map((each) => each.issues));
  const output = standardOutput();
  if (options.json === true) await writeJson(output, { ...comparison, issues: issues.map(issueDocument) });
  else await output.write(`${comparisonText(comparison, issues, paintFor(process.stdout)).join('\n')}\n`);
  for (const ranking of places.slice(0, 1)) refuseEmpty(ranking, file);
}

/** What is noticed of a table, once. A column is unknown only where no profile knows it: one may define it. */
function issuesOfAll(noticed: readonly (readonly Issue[])[]): Issue[] {
  const readings = noticed.map((issues) => new Set(issues.map(({ message }) => message)));
  return distinctIssues(noticed.flat()).filter(
    ({ code, message }) => code !== 'W_UNKNOWN_COLUMN' || readings.every((told) => told.has(message)),
  );
}

/** An own profile stands in the place of the shipped one whose name it has kept: by name alone nobody could tell them apart. */
function comparedProfiles({ profile }: RankOptions): Profile[] {
  const shipped = profileNames();
  if (profile === undefined || shipped.includes(profile)) return shipped.map(loadProfile);
  const own = loadProfile(profile);
  return [...shipped.filter((name) => name !== own.name).map(loadProfile), own];
}

/** Both rankings are made here; nothing is taken over from what was printed of the earlier one. */
async function explain(file: string, earlier: string, options: RankOptions): Promise<void> {
  if (options.out !== undefined) throw new AdatomError('request', '--out is of one ranking: leave out --before');
  const profile = profileOf(options);
  const request: ChangeRequest = {
    before: { file: earlier, profile: options.beforeProfile ?? profile },
    after: { file, profile },
    ...(options.seed !== undefined && { seed: options.seed }),
  };
  const explained = rankChange(request);
  const output = standardOutput();
  if (options.json === true) await writeJson(output, changeDocument(explained));
  else await output.write(`${changeText(explained, paintFor(process.stdout)).join('\n')}\n`);
  refuseEmptyEnds(explained.change, request);
}

function refuseEmpty({ ranked, unranked }: RankedPlaces, file: string): void {
  if (ranked.length + unranked.length === 0)
    throw new AdatomError('unanswerable', `${file}: no candidate in this table`);
}
