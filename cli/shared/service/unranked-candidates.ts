/** Why candidates have no rank, one by one: an empty cell in a table says that something is missing, never what. */
import { type Paint, visible } from '../terminal.ts';
import type { ServiceClient } from './client.ts';
import { type CandidateDocument, expectDocument, placementDocument } from './documents.ts';

/** Each is a request; the rest stands in an export. */
const EXPLAINED_CANDIDATES = 10;

export async function unrankedLines(
  client: ServiceClient,
  screening: string,
  { rows, paint }: { readonly rows: readonly CandidateDocument[]; readonly paint: Paint },
): Promise<string[]> {
  const unranked = rows.filter((row) => row.rank === undefined);
  if (unranked.length === 0) return [];
  const lines = ['', paint('bold', 'Not ranked')];
  for (const { id, label } of unranked.slice(0, EXPLAINED_CANDIDATES)) {
    const path = `/v1/screenings/${encodeURIComponent(screening)}/candidates/${encodeURIComponent(id)}`;
    const { placement } = expectDocument(placementDocument, await client.json(path), `candidate ${id}`);
    lines.push(`  ${visible(label)}`);
    for (const { code, message } of placement.reasons ?? []) {
      lines.push(`    ${paint('red', visible(code))} ${visible(message)}`);
    }
  }
  const others = unranked.length - EXPLAINED_CANDIDATES;
  if (others > 0) lines.push(`  … and ${others} more: adatom export ${screening} --format json`);
  return lines;
}
