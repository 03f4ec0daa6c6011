/**
 * What parse jobs ask and tell the store, many jobs in one transaction, and the step after the last folder.
 *
 * The assembly of a generation begins when the store says that none of its folders waits any more. Each worker looks
 * after it has told its own folders: whoever told the last one sees it, however many worked at the same time.
 */
import { FINAL_STATES, type StoredScreening } from '../../model/service.ts';
import type { Store } from '../../store/store.ts';
import { batched } from './batched.ts';
import type { JobQueue } from './job-queue.ts';

export interface Pass {
  readonly screening: string;
  readonly generation: number;
}

export interface FinishedFolder extends Pass {
  readonly folder: string;
  readonly readingKey?: string;
  readonly error?: string;
}

export interface FolderWork {
  /** Whether the generation is still to be parsed; may be a second old. */
  readonly isWanted: (pass: Pass) => Promise<boolean>;
  /** Whether a reading is kept under the key. */
  readonly isKnown: (readingKey: string) => Promise<boolean>;
  readonly finish: (folder: FinishedFolder) => Promise<void>;
}

const BATCH = { delayMs: 5, largest: 100 };
const LOOKED_AT_MS = 1000;

export function openFolderWork(store: Store, queue: JobQueue): FolderWork {
  const known = batched((keys: readonly string[]) => store.readings.known(keys), BATCH);
  const finish = batched((folders: readonly FinishedFolder[]) => finishFolders(store, queue, folders), BATCH);
  const looks = new Map<string, { readonly at: number; readonly screening: Promise<StoredScreening | undefined> }>();

  function look(id: string): Promise<StoredScreening | undefined> {
    const last = looks.get(id);
    if (last !== undefined && Date.now() - last.at < LOOKED_AT_MS) return last.screening;
    for (const [other, { at }] of looks) if (Date.now() - at >= LOOKED_AT_MS) looks.delete(other);
    const screening = store.work.screening(id);
    looks.set(id, { at: Date.now(), screening });
    return screening;
  }

  return {
    isWanted: async (pass) => isCurrent(await look(pass.screening), pass),
    isKnown: async (key) => (await known(key)).has(key),
    finish,
  };
}

export function isCurrent(screening: StoredScreening | undefined, { generation }: Pass): screening is StoredScreening {
  return screening !== undefined && screening.generation === generation && !FINAL_STATES.includes(screening.state);
}

async function finishFolders(store: Store, queue: JobQueue, folders: readonly FinishedFolder[]): Promise<void> {
  await store.work.finishFolders(folders);
  const passes = new Map(folders.map(({ screening, generation }) => [screening, { screening, generation }]));
  for (const pass of passes.values()) {
    const screening = await store.work.screening(pass.screening);
    if (!isCurrent(screening, pass) || screening.state !== 'parsing' || screening.folders.waiting > 0) continue;
    await queue.add([{ name: 'assemble-screening', payload: pass }]);
  }
}
