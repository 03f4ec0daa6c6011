/**
 * On how many processes a run was computed: ` running on    4 total cores`, from VASP 6 on ` running   16 mpi-ranks, with    1
 * threads/rank`.
 */
import type { Computing, Place } from '../../../model/calculation.ts';

export interface Processes {
  readonly computing: Computing;
  readonly places: Readonly<Record<string, Place>>;
}

const LINE = /^ *running (?:on\s+(\d+) (?:total cores|nodes)|\s*(\d+) mpi-ranks(?:, with\s+(\d+) threads\/rank)?)/;

/** Undefined for any other line. */
export function processesOf(line: string, offset: number): Processes | undefined {
  const match = LINE.exec(line);
  const [, cores, ranks, threads] = match ?? [];
  const count = Number.parseInt(cores ?? ranks ?? '', 10);
  if (match === null || !Number.isSafeInteger(count)) return undefined;
  const threadsPerProcess = threads === undefined ? undefined : Number.parseInt(threads, 10);
  const place = { byteOffset: offset + line.indexOf('running'), byteLength: match[0].trimStart().length };
  return {
    computing: { processCount: count, ...(threadsPerProcess !== undefined && { threadsPerProcess }) },
    places: {
      'computing.processCount': place,
      ...(threadsPerProcess !== undefined && { 'computing.threadsPerProcess': place }),
    },
  };
}
