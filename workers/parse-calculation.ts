/**
 * Reads the files of one folder and keeps what they say. A folder that cannot be read is finished with the reason; the
 * screening goes on and tells it.
 */
import type { JobDefinition } from './shared/job-definition.ts';
import { readUnlessKnown } from './shared/read-folder.ts';

export const parseCalculation: JobDefinition<'parse-calculation'> = {
  name: 'parse-calculation',
  // More than threads: while some wait for the store, others parse.
  parallel: (threads) => 4 * threads,
  run: async ({ folder, ...pass }, context) => {
    if (!(await context.folders.isWanted(pass))) return 0;
    const task = await context.store.work.folder(pass.screening, pass.generation, folder);
    if (task === undefined) return 0;
    const bytes = await readUnlessKnown(task, pass, context);
    await context.folders.finish({ ...pass, folder, readingKey: task.readingKey });
    return bytes;
  },
  fail: ({ folder, ...pass }, sentence, { folders }) => folders.finish({ ...pass, folder, error: sentence }),
};
