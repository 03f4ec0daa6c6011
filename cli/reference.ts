/**
 * `adatom reference`: the published figures that come with the program, as a table, CSV or JSON; and candidates beside
 * them, with the correlation of every descriptor with every figure.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import type { ReferenceSet } from '../model/reference-data.ts';
import { allDescriptorNames } from '../pipeline/defined-descriptors.ts';
import { type Joined, joinReference } from '../pipeline/join-reference.ts';
import { readCandidateTable } from '../ranking/index.ts';
import { loadReference, referenceNames } from '../reading/find-reference.ts';
import { type CommonOptions, newCommand, refuseWithoutName } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { joinedDocument, joinedText, referenceCsv, referenceDocument, referenceText } from './shared/reference-text.ts';
import { tableText } from './shared/table-text.ts';
import { paintFor } from './shared/terminal.ts';

interface ReferenceOptions extends CommonOptions {
  readonly csv?: boolean;
  readonly with?: string;
}

export function referenceCommand(): Command {
  return newCommand('reference', 'published figures that come with the program; join and compare candidates with them')
    .argument('[name]', 'a set of figures, or a YAML file of your own; without it all are listed')
    .option('--csv', 'the figures as CSV')
    .option('--with <table>', 'join the candidates of this table (CSV or JSON, as for `adatom rank`) and correlate')
    .action(showReference);
}

async function showReference(name: string | undefined, options: ReferenceOptions): Promise<void> {
  const output = standardOutput();
  const paint = paintFor(process.stdout);
  if (name === undefined) {
    refuseWithoutName(options, referenceNames());
    const sets = referenceNames().map((each) => loadReference(each));
    if (options.json === true) await writeJson(output, { sets: sets.map(summaryOf) });
    else await output.write(sets.map((set) => `${paint('bold', set.name)}  ${set.title}\n  ${set.source}\n`).join(''));
    return;
  }
  const set = loadReference(name);
  if (options.with !== undefined) {
    const { joined, issues } = join(set, options.with);
    if (options.json === true) await writeJson(output, joinedDocument(set, joined, issues));
    else await output.write(`${joinedText(set, joined, issues, paint).join('\n')}\n`);
    if (joined.joined.length > 0) return;
    throw new AdatomError('unanswerable', `${options.with}: no candidate is called like a row of ${set.name}`);
  }
  if (options.json === true) await writeJson(output, referenceDocument(set));
  else if (options.csv === true) await output.write(referenceCsv(set));
  else await output.write(`${referenceText(set, paint).join('\n')}\n`);
}

function summaryOf({ name, version, title, source, rows }: ReferenceSet): object {
  return { name, version, title, source, rows: rows.length };
}

function join(
  set: ReferenceSet,
  file: string,
): { joined: Joined } & Pick<ReturnType<typeof readCandidateTable>, 'issues'> {
  const { text, format } = tableText(file);
  const names = allDescriptorNames();
  const { candidates, issues } = readCandidateTable(text, file, format, names);
  const present = new Set(candidates.flatMap(({ values }) => Object.keys(values)));
  const identifiers = [...new Set(names.all.map((each) => names.resolve(each)?.identifier ?? each))];
  return {
    joined: joinReference(
      candidates,
      set,
      identifiers.filter((each) => present.has(each)),
    ),
    issues,
  };
}
