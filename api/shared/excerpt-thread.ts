/** Runs in a thread of its own: hashing and unpacking a large file would stop every other request. */
import { type ExcerptReading, type ExcerptTask, readExcerpt } from './read-excerpt.ts';

export function onTask(task: ExcerptTask): Promise<ExcerptReading> {
  return readExcerpt(task);
}
