/** The descriptors of every candidate of one generation. */
import type { StoredScreening } from '../model/service.ts';
import { failScreening } from './shared/fail-screening.ts';
import { isCurrent } from './shared/folder-work.ts';
import type { JobContext, JobDefinition } from './shared/job-definition.ts';

export const describeScreening: JobDefinition<'describe-screening'> = {
  name: 'describe-screening',
  parallel: () => 1,
  run: async (pass, context) => {
    const screening = await context.store.work.screening(pass.screening);
    if (!isCurrent(screening, pass)) return 0;
    if (screening.state === 'describing') await describe(screening, context);
    else if (screening.state !== 'ranking') return 0;
    await context.store.work.setState(pass.screening, pass.generation, 'ranking');
    const ranking = await context.store.work.ownRanking(pass.screening, pass.generation);
    if (ranking === undefined) throw new Error(`screening ${pass.screening} has no ranking of its own`);
    await context.queue.add([{ name: 'rank-screening', payload: { ...pass, ranking: ranking.id } }]);
    return 0;
  },
  fail: failScreening,
};

async function describe({ id, generation }: StoredScreening, { store, threads }: JobContext): Promise<void> {
  const discovery = await store.work.discovery(id, generation);
  const state = await store.results.assemblyState(id, generation);
  if (discovery === undefined || state === undefined) {
    throw new Error(`the assembly of screening ${id} is not in the store`);
  }
  const { protocol } = discovery.request;
  const description = await threads.runStage('describe', { state, protocol });
  await store.results.saveDescription(id, generation, description);
}
