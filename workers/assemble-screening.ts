/**
 * Roles, systems and paths of one generation, once all its folders are read. Which files beside the runs a descriptor can
 * use is known then: they are read here, and kept as the folders are.
 */
import type { FolderTask } from '../store/store.ts';
import type { KnownFolder } from './shared/assembly.ts';
import { failScreening } from './shared/fail-screening.ts';
import { folderPlan, passingKey } from './shared/folder-plan.ts';
import { isCurrent, type Pass } from './shared/folder-work.ts';
import type { JobContext, JobDefinition } from './shared/job-definition.ts';
import { readUnlessKnown } from './shared/read-folder.ts';
import { failureSentence, isWorthRetrying } from './shared/retry-policy.ts';

export const assembleScreening: JobDefinition<'assemble-screening'> = {
  name: 'assemble-screening',
  parallel: () => 1,
  run: async (pass, context) => {
    const { store } = context;
    const screening = await store.work.screening(pass.screening);
    if (!isCurrent(screening, pass)) return 0;
    let bytes = 0;
    if (screening.state === 'parsing' || screening.state === 'assembling') {
      if (screening.folders.waiting > 0) return 0;
      bytes = await assemble(pass, context);
    }
    await context.queue.add([{ name: 'describe-screening', payload: pass }]);
    return bytes;
  },
  fail: failScreening,
};

async function assemble(pass: Pass, context: JobContext): Promise<number> {
  const { store, threads } = context;
  const { screening, generation } = pass;
  const discovery = await store.work.discovery(screening, generation);
  if (discovery === undefined) throw new Error(`the discovery of screening ${screening} is not in the store`);
  if (!(await store.work.setState(screening, generation, 'assembling'))) return 0;
  const known = await knownFolders(await store.work.folders(screening, generation), pass, context);
  const task = { ...discovery, folders: known, nowNs: BigInt(Date.now()) * 1_000_000n };
  let answer = await threads.runStage('assemble', task);
  let bytes = 0;
  if ('wanted' in answer) {
    const read = await readBeside(answer.wanted, pass, context);
    bytes = read.bytes;
    const beside = await knownFolders(read.folders, pass, context);
    answer = await threads.runStage('assemble', { ...task, beside });
  }
  if ('wanted' in answer) throw new Error(`the assembly of screening ${screening} asks for files that were read`);
  await store.results.saveAssembly(screening, generation, answer.rows);
  await store.work.setState(screening, generation, 'describing');
  return bytes;
}

type TriedFolder = FolderTask & { readonly state?: 'waiting' | 'done' | 'failed'; readonly error?: string };

interface ReadBeside {
  readonly folders: readonly TriedFolder[];
  readonly bytes: number;
}

/** As many at once as there are threads. What cannot be read is told by its value; what may pass is tried again. */
async function readBeside(wanted: readonly FolderTask[], pass: Pass, context: JobContext): Promise<ReadBeside> {
  const folders: TriedFolder[] = [...wanted];
  const waiting = folders.keys();
  let bytes = 0;
  const readOn = async (): Promise<void> => {
    for (const at of waiting) {
      const task = folders[at];
      if (task === undefined) continue;
      try {
        bytes += await readUnlessKnown(task, pass, context);
      } catch (error) {
        if (isWorthRetrying(error)) throw error;
        folders[at] = { ...task, state: 'failed', error: failureSentence(error) };
      }
    }
  };
  await Promise.all(Array.from({ length: context.threads.parseThreads }, readOn));
  return { folders, bytes };
}

const CHUNK = 500;

/** Every folder with its reading: that of any pass, else that of this one. */
async function knownFolders(
  folders: readonly TriedFolder[],
  pass: Pass,
  { store }: JobContext,
): Promise<KnownFolder[]> {
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
