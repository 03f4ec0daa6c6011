/** The code of a parse thread: reads the files of one task and hands the numbers over without copying them. */
import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { ParseTask } from './parse-pool.ts';
import { type FileReading, readRecord } from './read-record.ts';

export default async function parseFiles(task: ParseTask): Promise<unknown> {
  const readings: FileReading[] = [];
  for (const path of task.paths) readings.push(await readRecord(path, task.options));
  return move({ [transferableSymbol]: buffersOf(readings), [valueSymbol]: readings });
}

/** Memory of all arrays in the readings, each once: several arrays can be views of one piece. */
function buffersOf(readings: readonly FileReading[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const add = (array: Float64Array | undefined): void => {
    if (array?.buffer instanceof ArrayBuffer) buffers.add(array.buffer);
  };
  for (const { record } of readings) {
    add(record.structure?.cartesianAngstrom);
    for (const step of record.steps ?? []) {
      add(step.cartesianAngstrom);
      add(step.forcesEvPerAngstrom);
    }
  }
  return [...buffers];
}
