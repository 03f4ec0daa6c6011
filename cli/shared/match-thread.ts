/** The code of a thread of a scan. */
import { type MatchTask, searchTask } from './match-pool.ts';

export function onTask(task: MatchTask): string[] {
  return searchTask(task);
}
