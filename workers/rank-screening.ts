/**
 * One order of the candidates of one generation: the ranking that finishes a screening, or another one asked for later.
 * Nothing is read or parsed again.
 */
import type { JobPayload } from '../model/job.ts';
import type { StoredRanking } from '../model/service.ts';
import { candidateForProfile } from '../pipeline/candidate-for-profile.ts';
import { profilesFor } from '../reading/find-profile.ts';
import type { JobContext, JobDefinition } from './shared/job-definition.ts';

export const rankScreening: JobDefinition<'rank-screening'> = {
  name: 'rank-screening',
  parallel: () => 1,
  run: async (payload, context) => {
    const ranking = await context.store.work.ranking(payload.ranking);
    if (ranking === undefined) return 0;
    if (ranking.state === 'queued') await rank(ranking, context);
    await endScreening(payload, context);
    return 0;
  },
  fail: async (payload, sentence, { store }) => {
    await store.results.failRanking(payload.ranking, sentence);
    const screening = await store.work.screening(payload.screening);
    if (screening?.state === 'ranking' && screening.generation === payload.generation) {
      await store.work.setState(payload.screening, payload.generation, 'failed', sentence);
    }
  },
};

async function rank({ id, screening, generation, profile, seed }: StoredRanking, context: JobContext): Promise<void> {
  const { store, threads } = context;
  const discovery = await store.work.discovery(screening, generation);
  const description = await store.results.description(screening, generation);
  // Not described yet: the ranking is put into the queue again when it is.
  if (discovery === undefined || description === undefined) return;
  const { ion } = discovery.request;
  const options = { ion, profile, seed, compared: profilesFor(ion) };
  const { candidates } = description;
  const ranking = await threads.runStage('rank', { candidates, options });
  await store.results.saveRanking(id, ranking, candidateForProfile(profile));
}

/**
 * The ranking by the profile of the request is the last step of its generation; others change no state. Asked again how
 * it ended: a worker may have died between the end of the ranking and that of the screening.
 */
async function endScreening(
  { screening: id, generation, ranking }: JobPayload<'rank-screening'>,
  { store }: JobContext,
): Promise<void> {
  const screening = await store.work.screening(id);
  if (screening?.state !== 'ranking' || screening.generation !== generation) return;
  const own = await store.work.ownRanking(id, generation);
  if (own?.id !== ranking || own.state === 'queued') return;
  await store.work.setState(id, generation, own.state, own.failure);
}
