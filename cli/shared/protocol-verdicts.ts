/**
 * All verdicts of a protocol in a screening, and how many calculations pass each of its items.
 *
 * A slab can stand behind several candidates: it is counted once.
 */
import type { ScreeningResult } from '../../model/screening.ts';
import type { ProtocolVerdict } from '../../model/system.ts';

export type Verdict = ProtocolVerdict['verdict'];

export function protocolVerdicts(result: ScreeningResult): ProtocolVerdict[] {
  const seen = new Set<string>();
  const ofCandidates = result.candidates.flatMap((candidate) => candidate.protocol ?? []);
  return [...ofCandidates, ...(result.protocolVerdicts ?? [])].filter((entry) => {
    const key = JSON.stringify([entry.calculation, entry.item, entry.expected]);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

export interface ItemSummary {
  readonly item: string;
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** In the order in which the items are first met. */
export function itemSummaries(verdicts: readonly ProtocolVerdict[]): ItemSummary[] {
  const byItem = new Map<string, ProtocolVerdict[]>();
  for (const entry of verdicts) {
    const known = byItem.get(entry.item);
    if (known === undefined) byItem.set(entry.item, [entry]);
    else known.push(entry);
  }
  return [...byItem].map(([item, entries]) => {
    const count = (wanted: Verdict): number => entries.filter(({ verdict }) => verdict === wanted).length;
    return {
      item,
      counts: { pass: count('pass'), fail: count('fail'), 'not-determinable': count('not-determinable') },
    };
  });
}
