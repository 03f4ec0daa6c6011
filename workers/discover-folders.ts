/**
 * First job of a generation: walks all submitted folders, completes the request, and puts one parse job for each folder
 * into the queue. Run again while folders are being parsed, it puts the jobs of those that still wait back.
 */
import type { StoredScreening } from '../model/service.ts';
import { failScreening } from './shared/fail-screening.ts';
import { folderPlan } from './shared/folder-plan.ts';
import { isCurrent } from './shared/folder-work.ts';
import type { JobContext, JobDefinition } from './shared/job-definition.ts';
import { searchedRoots } from './shared/searched-roots.ts';

export const discoverFolders: JobDefinition<'discover-folders'> = {
  name: 'discover-folders',
  parallel: () => 2,
  run: async ({ screening: id, generation }, context) => {
    const screening = await context.store.work.screening(id);
    if (!isCurrent(screening, { screening: id, generation })) return 0;
    if (screening.state === 'queued' || screening.state === 'discovering') await search(screening, context);
    await enqueueFolders(screening, context);
    return 0;
  },
  fail: failScreening,
};

async function search({ id, project, generation, stated }: StoredScreening, context: JobContext): Promise<void> {
  const { store, threads, settings, objects } = context;
  if (!(await store.work.setState(id, generation, 'discovering'))) return;
  const submissions = await store.work.submissions(id);
  const searched = await searchedRoots(submissions, { project, store, settings, objects });
  try {
    const nowNs = BigInt(Date.now()) * 1_000_000n;
    const task = { stated, roots: searched.roots, dataFolder: settings.ADATOM_DATA, nowNs };
    const discovery = await threads.runStage('discover', task);
    if (!(await store.work.saveDiscovery(id, generation, discovery))) return;
    const reusable = discovery.folders.filter((folder) => folderPlan(folder).reusable);
    const known = await store.readings.known(reusable.map(({ readingKey }) => readingKey));
    const done = reusable.filter(({ readingKey }) => known.has(readingKey));
    if (done.length > 0) {
      const ofPass = { screening: id, generation };
      await store.work.finishFolders(done.map(({ folder, readingKey }) => ({ ...ofPass, folder, readingKey })));
    }
    await store.work.setState(id, generation, 'parsing');
  } finally {
    searched.close();
  }
}

const WEIGHTS = { low: 0.25, normal: 1, high: 4 } as const;
const LARGEST_PRIORITY = 2 ** 21 - 1;
const CHUNK = 1000;

async function enqueueFolders(
  { id, project, generation, stated }: StoredScreening,
  context: JobContext,
): Promise<void> {
  const pass = { screening: id, generation };
  const folders = await context.store.work.folders(id, generation);
  const waiting = folders.filter(({ state }) => state === 'waiting');
  if (waiting.length === 0) {
    await context.queue.add([{ name: 'assemble-screening', payload: pass }]);
    return;
  }
  const { first, step } = await context.store.work.fairTags(project, waiting.length, WEIGHTS[stated.priority]);
  for (let from = 0; from < waiting.length; from += CHUNK) {
    await context.queue.add(
      waiting.slice(from, from + CHUNK).map(({ folder }, index) => ({
        name: 'parse-calculation',
        payload: { ...pass, folder },
        priority: Math.max(1, Math.min(LARGEST_PRIORITY, Math.round(first + (from + index) * step))),
      })),
    );
  }
}
