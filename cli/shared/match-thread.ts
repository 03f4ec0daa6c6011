/** The code of a thread of a scan. */
import { type MatchTask, searchTask } from './match-pool.ts';

export default function searchPairs(task: MatchTask): string[] {
  return searchTask(task);
}
