/** `adatom status`: how far a screening of the service is; without an id, which screenings there are. */
import type { Command } from 'commander';
import { newCommand, wholeNumber } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { openClient, type ServiceClient } from './shared/service/client.ts';
import { connectionOf, type ServerOptions, withServerOptions } from './shared/service/connection.ts';
import { expectDocument, screeningPage } from './shared/service/documents.ts';
import { screeningOf } from './shared/service/follow-screening.ts';
import { followAndPrint, printScreening } from './shared/service/print-screening.ts';
import { screeningListLines } from './shared/service/screening-view.ts';
import { paintFor } from './shared/terminal.ts';

interface StatusOptions extends ServerOptions {
  readonly wait?: boolean;
  readonly limit: number;
}

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 200;
const PATIENCE_WHILE_WAITING_SECONDS = 300;

export function statusCommand(): Command {
  return withServerOptions(newCommand('status', 'how far a screening of the service is, or which there are'))
    .argument('[id]', 'a screening; without it the latest are listed')
    .option('--wait', 'stay until the screening has ended')
    .option('--limit <number>', 'how many screenings are listed', wholeNumber(1), DEFAULT_LIMIT)
    .action(showStatus);
}

async function showStatus(id: string | undefined, options: StatusOptions): Promise<void> {
  const patience = options.wait === true ? { patienceSeconds: PATIENCE_WHILE_WAITING_SECONDS } : {};
  const client = openClient(connectionOf(options, process.env), patience);
  if (id === undefined) await listScreenings(client, options);
  else if (options.wait === true) await followAndPrint(client, id, options);
  else await printScreening(client, await screeningOf(client, id), options);
}

async function listScreenings(client: ServiceClient, options: StatusOptions): Promise<void> {
  const answer = await client.json(`/v1/screenings?limit=${Math.min(options.limit, LARGEST_LIMIT)}`);
  const output = standardOutput();
  if (options.json === true) {
    await writeJson(output, answer);
    return;
  }
  const { rows, next } = expectDocument(screeningPage, answer, 'screenings');
  const paint = paintFor(process.stdout);
  const lines = screeningListLines(rows, paint);
  if (next !== undefined) lines.push(paint('dim', 'There are more: --limit shows them.'));
  await output.write(`${lines.join('\n')}\n`);
}
