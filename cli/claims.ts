/**
 * `adatom claims`: published values and orders that come with the program or with the user, and computed ones held
 * against them.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { checkClaims } from '../pipeline/check-claims.ts';
import { allDescriptorNames } from '../pipeline/defined-descriptors.ts';
import { readCandidateTable } from '../ranking/index.ts';
import { claimSetNames, loadClaims } from '../reading/find-claims.ts';
import { loadReference } from '../reading/find-reference.ts';
import { checksCsv, checksDocument, checksText, claimsCsv, claimsText } from './shared/claims-text.ts';
import { type CommonOptions, newCommand, refuseWithoutName } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { tableText } from './shared/table-text.ts';
import { paintFor } from './shared/terminal.ts';

interface ClaimsOptions extends CommonOptions {
  readonly csv?: boolean;
  readonly with?: string;
}

export function claimsCommand(): Command {
  return newCommand('claims', 'published claims, and computed values held against them')
    .argument('[name]', 'a set of claims, or a YAML file of your own; without it all are listed')
    .option('--csv', 'the claims, or the verdicts on them, as CSV')
    .option(
      '--with <table>',
      'hold the candidates of this table, or of ranking.json of a screening, against the claims',
    )
    .action(showClaims);
}

async function showClaims(name: string | undefined, options: ClaimsOptions): Promise<void> {
  const output = standardOutput();
  const paint = paintFor(process.stdout);
  if (name === undefined) {
    const names = claimSetNames();
    refuseWithoutName(options, names);
    const sets = names.map((each) => loadClaims(each));
    const summaries = sets.map((set) => ({
      name: set.name,
      version: set.version,
      title: set.title,
      source: set.source,
      claims: set.claims.length,
    }));
    if (options.json === true) await writeJson(output, { sets: summaries });
    else await output.write(sets.map((set) => `${paint('bold', set.name)}  ${set.title}\n  ${set.source}\n`).join(''));
    return;
  }
  if (options.with !== undefined) return checkTable(name, options.with, options);
  const set = loadClaims(name);
  if (options.json === true) await writeJson(output, set);
  else if (options.csv === true) await output.write(claimsCsv(set));
  else await output.write(`${claimsText(set, paint).join('\n')}\n`);
}

async function checkTable(name: string, file: string, options: ClaimsOptions): Promise<void> {
  const output = standardOutput();
  const set = loadClaims(name);
  const { text, format } = tableText(file);
  const { candidates, issues } = readCandidateTable(text, file, format, allDescriptorNames());
  // Read as JSON before: it is.
  const document: unknown = format === 'json' ? JSON.parse(text.replace(/^\uFEFF/, '')) : undefined;
  const checked = checkClaims(set, { candidates, document }, loadReference('cohesive-energies'));
  if (options.json === true) await writeJson(output, checksDocument(checked, issues));
  else if (options.csv === true) await output.write(checksCsv(checked));
  else await output.write(`${checksText(checked, issues, paintFor(process.stdout)).join('\n')}\n`);
  if (checked.checks.every(({ verdict }) => verdict === 'not-checked')) {
    throw new AdatomError('unanswerable', `${file}: no claim of ${set.name} could be checked`);
  }
}
