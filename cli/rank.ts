/**
 * `adatom rank`: any table of candidates, ranked by a profile.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { profileDescriptors } from '../pipeline/defined-descriptors.ts';
import { checkProfileDescriptors, rankCandidates, readCandidateTable } from '../ranking/index.ts';
import { loadProfile, profileNames } from '../reading/find-profile.ts';
import { readText } from '../reading/read-text.ts';
import { type CommonOptions, newCommand, wholeNumber } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { rankingDocument, rankingText } from './shared/ranking-document.ts';
import { tableFormat } from './shared/table-format.ts';
import { paintFor } from './shared/terminal.ts';

interface RankOptions extends CommonOptions {
  readonly profile?: string;
  readonly seed: number;
}

const DEFAULT_SEED = 1;

export function rankCommand(): Command {
  return newCommand('rank', 'rank a table of candidates')
    .argument('<table>', 'CSV or JSON: a row per candidate, a column per descriptor')
    .option('--profile <name>', `ranking profile: ${profileNames().join(', ')}, or a YAML file (needed)`)
    .option('--seed <number>', 'seed of the Monte Carlo draws', wholeNumber(0), DEFAULT_SEED)
    .action(rankTable);
}

async function rankTable(file: string, options: RankOptions): Promise<void> {
  if (options.profile === undefined) {
    throw new AdatomError('request', `--profile is needed: ${profileNames().join(', ')}, or a YAML file`);
  }
  const profile = loadProfile(options.profile);
  const { names, complete } = profileDescriptors(profile);
  checkProfileDescriptors(profile, names);
  const text = readText(file);
  const { candidates, issues } = readCandidateTable(text, file, tableFormat(file, text), names.resolve);
  const ranking = rankCandidates(candidates.map(complete), profile, { seed: options.seed });
  const output = standardOutput();
  if (options.json === true) await writeJson(output, rankingDocument(ranking, issues));
  else await output.write(`${rankingText(ranking, issues, paintFor(process.stdout)).join('\n')}\n`);
  if (candidates.length === 0) throw new AdatomError('unanswerable', `${file}: no candidate in this table`);
}
