/** Threads of pools export their handler by name: with a default export, Ctrl-C while they start aborts the process. */
import { expect, test } from 'vitest';
import { THREAD_HANDLER } from '../../reading/thread-handler.ts';

test.each([
  'api/shared/excerpt-thread.ts',
  'api/shared/rank-thread.ts',
  'cli/shared/match-thread.ts',
  'reading/parse-thread.ts',
  'workers/shared/read-folder-thread.ts',
  'workers/shared/stage-thread.ts',
])('%s exports its handler by its name alone', async (file) => {
  const module: Record<string, unknown> = await import(`../../${file}`);
  expect(module).not.toHaveProperty('default');
  expect(module[THREAD_HANDLER]).toBeTypeOf('function');
});
