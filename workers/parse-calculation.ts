/**
 * Reads the files of one folder and keeps what they say. A folder that cannot be read is finished with the reason; the
 * screening goes on and tells it.
 */

import { type FolderPlan, folderPlan, passingKey } from './shared/folder-plan.ts';
import type { JobContext, JobDefinition } from './shared/job-definition.ts';
import { localFiles } from './shared/local-files.ts';

export const parseCalculation: JobDefinition<'parse-calculation'> = {
  name: 'parse-calculation',
  // More than threads: while some wait for the store, others parse.
  parallel: (threads) => 4 * threads,
  run: async ({ folder, ...pass }, context) => {
    if (!(await context.folders.isWanted(pass))) return 0;
    const task = await context.store.work.folder(pass.screening, pass.generation, folder);
    if (task === undefined) return 0;
    const plan = folderPlan(task);
    const ownKey = passingKey(task.readingKey, pass);
    const [shared, own] = await Promise.all([
      plan.reusable && context.folders.isKnown(task.readingKey),
      context.folders.isKnown(ownKey),
    ]);
    const bytes = shared || own ? 0 : await read(plan, { readingKey: task.readingKey, ownKey }, context);
    await context.folders.finish({ ...pass, folder, readingKey: task.readingKey });
    return bytes;
  },
  fail: ({ folder, ...pass }, sentence, { folders }) => folders.finish({ ...pass, folder, error: sentence }),
};

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
