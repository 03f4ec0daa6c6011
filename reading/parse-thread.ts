/** The code of a parse thread: reads the files of one task and hands the numbers over without copying them. */
import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { ParseTask } from './parse-pool.ts';
import { type FileReading, readRecord } from './read-record.ts';

export async function onTask(task: ParseTask): Promise<unknown> {
  const readings: FileReading[] = [];
  for (const path of task.paths) readings.push(await readRecord(path, task.options));
  return move({ [transferableSymbol]: buffersOf(readings), [valueSymbol]: readings });
}

/** Memory of all arrays in the readings, wherever they stand, each once: several arrays can be views of one piece. */
function buffersOf(readings: readonly FileReading[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { record, selectiveDynamics } of readings) {
    collect(record, buffers);
    if (selectiveDynamics !== undefined) collect(selectiveDynamics, buffers);
  }
  return [...buffers];
}

function collect(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    // The memory of a Buffer can be a piece of the pool that all share: it must be copied.
    if (value.buffer instanceof ArrayBuffer && !Buffer.isBuffer(value)) buffers.add(value.buffer);
  } else if (Array.isArray(value)) {
    // A list holds one kind of thing: numbers and texts hold no arrays.
    if (typeof value[0] === 'object') for (const entry of value) collect(entry, buffers);
  } else for (const key in value) collect(value[key as keyof typeof value], buffers);
}
