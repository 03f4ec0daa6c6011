/** Samples of the formats as targets: the record of the damaged file is checked against that of the whole one. */
import { memorySource } from '../../model/byte-source.ts';
import type { FileFormat, FileRecord } from '../../model/calculation.ts';
import type { Random } from '../shared/random.ts';
import { difference, faultsOf, hasNewIssue, misquoted, readableAtTheirPlace } from './check-record.ts';
import type { Mutation } from './mutations.ts';
import { type Sample, samplesByFormat } from './samples.ts';
import type { Damage, Target } from './target.ts';

const WINDOWS: readonly number[] = [1, 7, 64, 4096];
/** Numbers in binary have no form that a wrong byte would break, and no checksums: only a cut must show. */
const BINARY: ReadonlySet<FileFormat> = new Set(['vaspout-h5']);

/** Of the samples in these folders; absent: of all there are. */
export async function recordTargets(folders?: readonly string[]): Promise<ReadonlyMap<FileFormat, readonly Target[]>> {
  const samples = await samplesByFormat(folders);
  return new Map([...samples].map(([format, found]) => [format, found.map(recordTarget)]));
}

function recordTarget(sample: Sample): Target {
  const { parser, name, bytes } = sample;
  const record = parser.parse(memorySource(bytes));
  const whole: Whole = { sample, record, quotable: readableAtTheirPlace(record, bytes) };
  return { format: parser.format, name, bytes, faults: (damaged, damage) => faultsOfCase(whole, damaged, damage) };
}

interface Whole {
  readonly sample: Sample;
  readonly record: FileRecord;
  readonly quotable: ReadonlySet<string>;
}

function faultsOfCase(whole: Whole, bytes: Buffer, { mutation, isWindowed, random }: Damage): string[] {
  const { parser } = whole.sample;
  let record: FileRecord;
  try {
    record = parser.parse(memorySource(bytes));
  } catch (error) {
    return [`thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  const faults = [...faultsOf(record, bytes), ...misquoted(record, bytes, whole.quotable)];
  if (mutation !== undefined && mustShow(mutation, whole.sample, bytes) && !hasNewIssue(whole.record, record)) {
    const changed = difference(whole.record, record);
    if (changed !== undefined) faults.push(`without an issue, ${changed}`);
  }
  if (isWindowed) faults.push(...windowFaults(parser, record, bytes, windowFor(bytes, random)));
  return faults;
}

function mustShow(mutation: Mutation, sample: Sample, bytes: Buffer): boolean {
  if (BINARY.has(sample.parser.format)) return mutation.name === 'cut';
  return mutation.strict && !(mutation.name === 'cut' && isShorterWhole(sample, bytes));
}

const ANYTHING = /^/;
/**
 * These formats say nowhere how long they are. Cut behind a line, such a file is a shorter whole one when what is lost
 * begins so: any line, or only the first of a new step.
 */
const BEGINS_NEW_PART: Partial<Readonly<Record<FileFormat, RegExp>>> = {
  incar: ANYTHING,
  kpoints: ANYTHING,
  'neb-dat': ANYTHING,
  'nebef-dat': ANYTHING,
  'spline-dat': ANYTHING,
  'exts-dat': ANYTHING,
  oszicar: /^\s*(?:N\s+E\s+dE|\d+ [FT]=)/,
  // The head is repeated above a frame where the cell changes; its first line is any text. Old versions write a blank line only.
  xdatcar: /^(?:(?:\s*\n)?(?:[^\n]*\n){0,8}?\s*(?:Direct|Konfig)|[ \t]*\n\s*-?\d*\.\d)/,
  // A run without spin has one block, a CHG no occupancies; behind the moments of the atoms stands the grid line of the next.
  chgcar: /^(?:augmentation occupancies|(?:[^\n]*\n)?(?:\s+\d+){3}\s*\n)/,
  locpot: /^(?:[^\n]*\n)?(?:\s+\d+){3}\s*\n/,
  report: /^(?:\s*RANDOM_SEED[^\n]*\n|\s|=)*(?:MD step No|$)/,
};
const NEWLINE = 10;

function isShorterWhole({ parser, bytes: whole }: Sample, bytes: Buffer): boolean {
  const begin = BEGINS_NEW_PART[parser.format];
  return begin !== undefined && bytes.at(-1) === NEWLINE && begin.test(whole.toString('latin1', bytes.length));
}

/** A window of one byte is only bearable in a short file. */
function windowFor(bytes: Buffer, random: Random): number {
  return bytes.length < 4000 ? random.pick(WINDOWS) : random.pick(WINDOWS.slice(2));
}

function windowFaults(parser: Sample['parser'], record: FileRecord, bytes: Buffer, windowBytes: number): string[] {
  const windowed = parser.parse(memorySource(bytes, windowBytes), { windowBytes });
  const found = difference(record, windowed) ?? difference(told(record), told(windowed));
  return found === undefined ? [] : [`read through ${windowBytes} bytes at a time, ${found}`];
}

function told(record: FileRecord): object {
  return { issue: record.issues.map(({ message, where }) => `${message} ${where.byteOffset}`), at: record.places };
}
