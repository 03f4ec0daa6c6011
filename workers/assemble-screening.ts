/** Roles, systems and paths of one generation, once all its folders are read. */
import type { FolderTask } from '../store/store.ts';
import type { KnownFolder } from './shared/assembly.ts';
import { failScreening } from './shared/fail-screening.ts';
import { folderPlan, passingKey } from './shared/folder-plan.ts';
import { isCurrent, type Pass } from './shared/folder-work.ts';
import type { JobContext, JobDefinition } from './shared/job-definition.ts';

export const assembleScreening: JobDefinition<'assemble-screening'> = {
  name: 'assemble-screening',
  parallel: () => 1,
  run: async (pass, context) => {
    const { store } = context;
    const screening = await store.work.screening(pass.screening);
    if (!isCurrent(screening, pass)) return 0;
    if (screening.state === 'parsing' || screening.state === 'assembling') {
      if (screening.folders.waiting > 0) return 0;
      await assemble(pass, context);
    }
    await context.queue.add([{ name: 'describe-screening', payload: pass }]);
    return 0;
  },
  fail: failScreening,
};

async function assemble(pass: Pass, context: JobContext): Promise<void> {
  const { store, threads } = context;
  const { screening, generation } = pass;
  const discovery = await store.work.discovery(screening, generation);
  if (discovery === undefined) throw new Error(`the discovery of screening ${screening} is not in the store`);
  if (!(await store.work.setState(screening, generation, 'assembling'))) return;
  const folders = await knownFolders(pass, context);
  const rows = await threads.runStage('assemble', { ...discovery, folders });
  await store.results.saveAssembly(screening, generation, rows);
  await store.work.setState(screening, generation, 'describing');
}

const CHUNK = 500;

/** Every folder with its reading: that of any pass, else that of this one. */
async function knownFolders(pass: Pass, { store }: JobContext): Promise<KnownFolder[]> {
  const folders = await store.work.folders(pass.screening, pass.generation);
  const known: KnownFolder[] = [];
  for (let from = 0; from < folders.length; from += CHUNK) {
    const chunk = folders.slice(from, from + CHUNK);
    const readings = await store.readings.get(chunk.flatMap((folder) => keysOf(folder, pass)));
    for (const folder of chunk) {
      const { files } = folderPlan(folder);
      const reading = keysOf(folder, pass).flatMap((key) => readings.get(key) ?? [])[0];
      if (folder.state === 'failed') known.push({ files, lost: folder.error ?? 'it could not be read' });
      else if (reading !== undefined) known.push({ files, reading });
      else throw new Error(`the reading of ${folder.folder} is not in the store`);
    }
  }
  return known;
}

function keysOf({ readingKey }: FolderTask, pass: Pass): string[] {
  return [passingKey(readingKey, pass), readingKey];
}
