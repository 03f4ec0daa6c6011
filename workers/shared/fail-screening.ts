/** The screening as a whole cannot go on. */
import type { Pass } from './folder-work.ts';
import type { JobContext } from './job-definition.ts';

export async function failScreening(
  { screening, generation }: Pass,
  sentence: string,
  { store }: JobContext,
): Promise<void> {
  await store.work.setState(screening, generation, 'failed', sentence);
}
