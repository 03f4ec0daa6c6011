/**
 * On how many processes a run was computed: ` running on    4 total cores`, from VASP 6 on ` running   16 mpi-ranks, with    1
 * threads/rank`.
 */
import type { Computing, Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';

export interface Processes {
  /** Absent where a number of the line is lost. */
  readonly computing?: Computing;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

const LINE = /^ *running (?:on\s+(\d+) (?:total cores|nodes)|\s*(\d+) mpi-ranks(?:, with\s+(\d+) threads\/rank)?)/;

const WORDS = /^ *running .*(?:total cores|nodes|mpi-ranks|threads\/rank)/;

/** Undefined for any other line. */
export function processesOf(line: string, offset: number): Processes | undefined {
  const match = LINE.exec(line);
  const [, cores, ranks, threads] = match ?? [];
  const count = Number.parseInt(cores ?? ranks ?? '', 10);
  const isWhole =
    match !== null && Number.isSafeInteger(count) && (threads !== undefined || !/threads\/rank/.test(line));
  if (!isWhole) {
    if (!WORDS.test(line)) return undefined;
    const reason = `the number of processes, which is no number: ${line.trim().slice(0, 80)}`;
    return { places: {}, issues: [issue('I_NOT_READ', { reason }, { byteOffset: offset })] };
  }
  const threadsPerProcess = threads === undefined ? undefined : Number.parseInt(threads, 10);
  const place = { byteOffset: offset + line.indexOf('running'), byteLength: match[0].trimStart().length };
  return {
    computing: { processCount: count, ...(threadsPerProcess !== undefined && { threadsPerProcess }) },
    places: {
      'computing.processCount': place,
      ...(threadsPerProcess !== undefined && { 'computing.threadsPerProcess': place }),
    },
    issues: [],
  };
}
