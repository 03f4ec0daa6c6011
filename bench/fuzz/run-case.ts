/** One damaged file: made from seed and number, parsed, and its record checked against the undamaged one. */
import { memorySource } from '../../model/byte-source.ts';
import type { FileFormat, FileRecord } from '../../model/calculation.ts';
import { type Random, randomOf } from '../shared/random.ts';
import { difference, faultsOf, hasNewIssue, misquoted, readableAtTheirPlace } from './check-record.ts';
import { type Mutation, mutations } from './mutations.ts';
import type { Sample } from './samples.ts';

export interface CaseResult {
  readonly format: FileFormat;
  readonly mutation: string;
  readonly sample: string;
  readonly faults: readonly string[];
  readonly bytes: Buffer;
}

interface Whole {
  readonly record: FileRecord;
  readonly quotable: ReadonlySet<string>;
}

/** Every so many cases the file is also read through a small window. */
const WINDOW_EVERY = 8;
const WINDOWS: readonly number[] = [1, 7, 64, 4096];

export type CaseRunner = (seed: number, index: number) => CaseResult;

export function caseRunner(samples: ReadonlyMap<FileFormat, readonly Sample[]>): CaseRunner {
  const formats = [...samples.values()];
  const known = new Map<Sample, Whole>();
  const wholeOf = (sample: Sample): Whole => {
    const before = known.get(sample);
    if (before !== undefined) return before;
    const record = sample.parser.parse(memorySource(sample.bytes));
    const whole = { record, quotable: readableAtTheirPlace(record, sample.bytes) };
    known.set(sample, whole);
    return whole;
  };
  return (seed, index) => {
    const random = randomOf(seed, index);
    const sample = random.pick(random.pick(formats));
    const mutation = random.pick(mutations);
    const bytes = mutation.apply(sample.bytes, random) ?? sample.bytes;
    // A second damage leaves nothing to compare with, but must not harm the reader either.
    const second = random.below(4) === 0 ? random.pick(mutations) : undefined;
    const damaged = second?.apply(bytes.length === 0 ? sample.bytes : bytes, random) ?? bytes;
    return {
      format: sample.parser.format,
      mutation: mutation.name,
      sample: sample.name,
      bytes: damaged,
      faults: faultsOfCase(sample, wholeOf(sample), damaged, {
        mutation: second === undefined ? mutation : undefined,
        window: index % WINDOW_EVERY === 0 ? windowFor(damaged, random) : undefined,
      }),
    };
  };
}

/** A window of one byte is only bearable in a short file. */
function windowFor(bytes: Buffer, random: Random): number {
  return bytes.length < 4000 ? random.pick(WINDOWS) : random.pick(WINDOWS.slice(2));
}

function faultsOfCase(
  sample: Sample,
  whole: Whole,
  bytes: Buffer,
  damage: { readonly mutation: Mutation | undefined; readonly window: number | undefined },
): string[] {
  let record: FileRecord;
  try {
    record = sample.parser.parse(memorySource(bytes));
  } catch (error) {
    return [`thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  const faults = [...faultsOf(record, bytes), ...misquoted(record, bytes, whole.quotable)];
  const mustShow = damage.mutation?.strict === true && !isWholeAgain(sample, damage.mutation, bytes);
  if (mustShow && !hasNewIssue(whole.record, record)) {
    const changed = difference(whole.record, record);
    if (changed !== undefined) faults.push(`without an issue, ${changed}`);
  }
  if (damage.window !== undefined) faults.push(...windowFaults(sample, record, bytes, damage.window));
  return faults;
}

/** These formats say nowhere how long they are: cut behind a line, one is a shorter whole file. */
const WITHOUT_END: ReadonlySet<FileFormat> = new Set([
  'incar',
  'kpoints',
  'neb-dat',
  'nebef-dat',
  'spline-dat',
  'exts-dat',
]);
const NEWLINE = 10;

function isWholeAgain({ parser }: Sample, mutation: Mutation, bytes: Buffer): boolean {
  return mutation.name === 'cut' && WITHOUT_END.has(parser.format) && bytes.at(-1) === NEWLINE;
}

function windowFaults(sample: Sample, record: FileRecord, bytes: Buffer, windowBytes: number): string[] {
  const windowed = sample.parser.parse(memorySource(bytes, windowBytes), { windowBytes });
  const found = difference(record, windowed) ?? difference(told(record), told(windowed));
  return found === undefined ? [] : [`read through ${windowBytes} bytes at a time, ${found}`];
}

function told(record: FileRecord): object {
  return { issue: record.issues.map(({ message, where }) => `${message} ${where.byteOffset}`), at: record.places };
}
