/**
 * Letters that an administrator sends back. Another order of a screening is asked for once more; anything else, also the
 * ranking that a screening ends with, is done by another pass over the same submissions: what was read before is kept, so
 * only what failed is done again.
 */
import { z } from 'zod';
import { JOB_SCHEMAS } from '../../model/job.ts';
import type { DeadLetter, StoredRanking } from '../../model/service.ts';
import type { Store } from '../../store/store.ts';

const LIMIT = 100;

export async function takeUpLetters(store: Store): Promise<void> {
  // Before any pass: a pass takes all letters of its screening.
  const letters = await store.deadLetters.toRerun(LIMIT);
  const passes = new Set<string>();
  for (const letter of letters) {
    const ranking = await otherRanking(letter, store);
    if (ranking === undefined) {
      passes.add(letter.screening);
      continue;
    }
    await rankAgain(letter, ranking, store);
    await store.deadLetters.taken(letter.id);
  }
  for (const screening of passes) await store.deadLetters.passAgain(screening);
}

/** The ranking that failed, unless its screening failed with it. */
async function otherRanking(letter: DeadLetter, store: Store): Promise<StoredRanking | undefined> {
  if (letter.job !== 'rank-screening') return undefined;
  const { screening, generation, ranking } = z.parse(JOB_SCHEMAS['rank-screening'], letter.payload);
  const own = await store.work.ownRanking(screening, generation);
  return own?.id === ranking ? undefined : store.work.ranking(ranking);
}

async function rankAgain({ project, screening }: DeadLetter, failed: StoredRanking, store: Store): Promise<void> {
  if (failed.state !== 'failed') return;
  const { profile, seed, current } = failed;
  await store.screenings.requestRanking(project, screening, { profile, seed, current });
}
