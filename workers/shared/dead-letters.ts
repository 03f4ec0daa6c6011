/**
 * Letters that an administrator sends back. A ranking is asked for once more; anything else is done by another pass over
 * the same submissions: what was read before is kept, so only what failed is done again.
 */
import { z } from 'zod';
import { JOB_SCHEMAS } from '../../model/job.ts';
import type { DeadLetter } from '../../model/service.ts';
import type { Store } from '../../store/store.ts';

const LIMIT = 100;

export async function takeUpLetters(store: Store): Promise<void> {
  for (const letter of await store.deadLetters.toRerun(LIMIT)) {
    if (letter.job === 'rank-screening') await rankAgain(letter, store);
    else await passAgain(letter, store);
    await store.deadLetters.taken(letter.id);
  }
}

/** Sources that are handed in twice are searched once. */
async function passAgain({ project, screening }: DeadLetter, store: Store): Promise<void> {
  const [first] = await store.screenings.submissions(project, screening);
  if (first !== undefined) await store.screenings.addSources(project, screening, [first.source]);
}

async function rankAgain({ project, screening, payload }: DeadLetter, store: Store): Promise<void> {
  const { ranking } = z.parse(JOB_SCHEMAS['rank-screening'], payload);
  const failed = await store.work.ranking(ranking);
  if (failed?.state !== 'failed') return;
  const { profile, seed, current } = failed;
  await store.screenings.requestRanking(project, screening, { profile, seed, current });
}
