/** The candidates of a result in the order of its table: ranked ones first, each with its place. */
import type { RankedCandidate, UnrankedCandidate } from '../../model/ranking.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import type { Candidate } from '../../model/system.ts';

export interface PlacedCandidate {
  readonly id: string;
  readonly candidate?: Candidate;
  readonly ranked?: RankedCandidate;
  readonly unranked?: UnrankedCandidate;
}

export function* candidatesInOrder(result: ScreeningResult): Generator<PlacedCandidate> {
  const byId = new Map(result.candidates.map((candidate) => [candidate.id, candidate]));
  const withCandidate = (id: string): PlacedCandidate => {
    const candidate = byId.get(id);
    return candidate === undefined ? { id } : { id, candidate };
  };
  for (const ranked of result.ranked) yield { ...withCandidate(ranked.id), ranked };
  for (const unranked of result.unranked) yield { ...withCandidate(unranked.id), unranked };
}

/** Why a candidate has no rank, as one text; empty for a ranked one. */
export function unrankedBecause({ unranked }: PlacedCandidate): string {
  return (unranked?.reasons ?? []).map((reason) => `${reason.code}: ${reason.message}`).join('; ');
}
