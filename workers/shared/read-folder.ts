/**
 * The reading of one folder, kept in the store: made when no pass has made it yet.
 */

import type { FolderTask } from '../../store/store.ts';
import { type FolderPlan, folderPlan, passingKey } from './folder-plan.ts';
import type { Pass } from './folder-work.ts';
import type { JobContext } from './job-definition.ts';
import { localFiles } from './local-files.ts';

/** Returns the bytes that were read. */
export async function readUnlessKnown(task: FolderTask, pass: Pass, context: JobContext): Promise<number> {
  const plan = folderPlan(task);
  const ownKey = passingKey(task.readingKey, pass);
  const [shared, own] = await Promise.all([
    plan.reusable && context.folders.isKnown(task.readingKey),
    context.folders.isKnown(ownKey),
  ]);
  return shared || own ? 0 : read(plan, { readingKey: task.readingKey, ownKey }, context);
}

interface Keys {
  readonly readingKey: string;
  readonly ownKey: string;
}

async function read(plan: FolderPlan, { readingKey, ownKey }: Keys, context: JobContext): Promise<number> {
  const files = await localFiles(plan.files, context.objects);
  try {
    const { encoded, bytesRead, settled } = await context.threads.readFolder({ files: files.paths });
    await context.store.readings.put(plan.reusable && settled ? readingKey : ownKey, encoded);
    return bytesRead;
  } finally {
    files.close();
  }
}
