/** The candidates of a result in the order of its table: ranked ones first, each with its place. */
import type { ScreeningResult } from '../../model/screening.ts';
import type { Candidate } from '../../model/system.ts';
import type { Placed } from './place-columns.ts';

export interface PlacedCandidate extends Placed {
  readonly candidate?: Candidate;
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
