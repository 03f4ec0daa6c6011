/** `adatom candidates`: candidates of all screenings of the service, by conditions on any descriptor. */
import { type Command, Option } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { newCommand, wholeNumber, workingIonOption } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { askForCandidates, type CandidateQuestion, candidateTable } from './shared/service/candidate-table.ts';
import { openClient } from './shared/service/client.ts';
import { connectionOf, type ServerOptions, withServerOptions } from './shared/service/connection.ts';
import { paintFor } from './shared/terminal.ts';

interface CandidateOptions extends ServerOptions, CandidateQuestion {
  readonly after?: string;
}

const DEFAULT_LIMIT = 50;

export function candidatesCommand(): Command {
  return withServerOptions(newCommand('candidates', 'ask the service for candidates, by conditions on descriptors'))
    .option(
      '--where <condition>',
      'e.g. "adsorption-energy<=-0.3" or "rank<=5"; also several times, then all must hold',
      collected,
      [],
    )
    .option('--sort <field>', 'a descriptor, rank or score; with a minus sign before it, largest first')
    .option('--derived <definition>', 'a column of your own, NAME:=EXPRESSION; also several times', collected, [])
    .option('--screening <id>', 'only candidates of this screening')
    .option('--ranking <id>', 'by this ranking of the screening instead of its current one')
    .addOption(workingIonOption('only candidates for this ion'))
    .option('--label <text>', 'only candidates with this in their name')
    .addOption(new Option('--status <status>', 'only these').choices(['ranked', 'unranked']))
    .option('--limit <number>', 'how many at most', wholeNumber(1), DEFAULT_LIMIT)
    .option('--after <cursor>', 'go on where an answer ended: its "next"')
    .addHelpText('after', EXAMPLES)
    .action(showCandidates);
}

const EXAMPLES = `
Examples:
  adatom candidates --where "migration-barrier<0.2" --where "adsorption-energy<=-0.3" --sort -score
  adatom candidates --screening ID --json`;

async function showCandidates(options: CandidateOptions): Promise<void> {
  const client = openClient(connectionOf(options, process.env));
  const { where, derived, sort, screening, ranking, ion, label, status, limit, after } = options;
  const question: CandidateQuestion = {
    where,
    limit,
    ...(derived !== undefined && { derived }),
    ...(sort !== undefined && { sort }),
    ...(screening !== undefined && { screening }),
    ...(ranking !== undefined && { ranking }),
    ...(ion !== undefined && { ion }),
    ...(label !== undefined && { label }),
    ...(status !== undefined && { status }),
  };
  refuseDerived(question);
  const output = standardOutput();
  if (options.json === true) {
    const { documents, next } = await askForCandidates(client, question, after);
    await writeJson(output, { rows: documents, ...(next !== undefined && { next }) });
    return;
  }
  const paint = paintFor(process.stdout);
  const { lines, hasMore } = await candidateTable(client, question, { paint, ...(after !== undefined && { after }) });
  if (hasMore) lines.push(paint('dim', `There are more than ${limit}: --limit shows them.`));
  await output.write(`${lines.join('\n')}\n`);
}

/** The service derives after it has chosen and ordered: its own answer, "unknown field", would be a riddle here. */
function refuseDerived({ derived = [], where, sort = '' }: CandidateQuestion): void {
  const names = derived.map((definition) => definition.split(':=')[0]?.trim() ?? '');
  const asked = [...where, sort.replace(/^-/, '')].map((text) => text.split(/[<>=]/)[0]?.trim() ?? '');
  const name = names.find((own) => own !== '' && asked.includes(own));
  if (name === undefined) return;
  const message = `${name} is derived for the rows that are shown: --where and --sort take descriptors, rank and score`;
  throw new AdatomError('request', message);
}

function collected(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}
