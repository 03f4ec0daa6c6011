/** Prints a screening, and its first candidates once there are any. */
import { AdatomError } from '../../../model/errors.ts';
import type { CommonOptions } from '../command.ts';
import { standardOutput, writeJson } from '../output.ts';
import { startStatusLine } from '../progress.ts';
import { paintFor } from '../terminal.ts';
import { candidateTable } from './candidate-table.ts';
import type { ServiceClient } from './client.ts';
import { type FollowedScreening, followScreening } from './follow-screening.ts';
import { progressText, screeningLines } from './screening-view.ts';
import { unrankedLines } from './unranked-candidates.ts';

const SHOWN_CANDIDATES = 20;

/** Waits for the end, prints it, and throws `unanswerable` when it is no ranking. */
export async function followAndPrint(client: ServiceClient, id: string, options: CommonOptions): Promise<void> {
  const line = startStatusLine(options.quiet === true);
  const followed = await followScreening(client, id, (screening) => line.show(progressText(screening))).finally(
    line.done,
  );
  await printScreening(client, followed, options);
  const { state, failure } = followed.screening;
  if (state === 'failed')
    throw new AdatomError('unanswerable', `the screening failed: ${failure ?? 'without a reason'}`);
  if (state === 'cancelled') throw new AdatomError('unanswerable', 'the screening was cancelled');
}

export async function printScreening(
  client: ServiceClient,
  { answer, screening }: FollowedScreening,
  options: CommonOptions,
): Promise<void> {
  const output = standardOutput();
  if (options.json === true) {
    await writeJson(output, answer);
    return;
  }
  const paint = paintFor(process.stdout);
  const lines = screeningLines(screening, paint);
  if (screening.ranking !== undefined) {
    const query = { screening: screening.id, where: [], limit: SHOWN_CANDIDATES };
    const table = await candidateTable(client, query, { paint });
    lines.push('', ...table.lines);
    if (table.hasMore) lines.push(paint('dim', `More: adatom candidates --screening ${screening.id} --limit 1000`));
    lines.push(...(await unrankedLines(client, screening.id, { rows: table.rows, paint })));
  }
  await output.write(`${lines.join('\n')}\n`);
}
