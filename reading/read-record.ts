/**
 * One file from path to record: opened, recognised, parsed, closed. Runs in the main thread or in a parse thread.
 *
 * The name decides the format; the content where the name says nothing, or where it says something else and the named
 * format finds nothing in it. Whatever goes wrong with one file is a record
 * that says why, never a failure of the command.
 */
import { basename } from 'node:path';
import type { ContentIdentity, LineCheckpoints } from '../intake/file-digest.ts';
import { filesBeside } from '../intake/files-beside.ts';
import { isLicensedHead, isLicensedName } from '../intake/licensed-file.ts';
import { type OpenFile, type OpenFileOptions, openFile, type WholeFile } from '../intake/read-file.ts';
import { isSystemError, reasonOf } from '../intake/system-error.ts';
import type { ByteSource } from '../model/byte-source.ts';
import type { Completeness, FileFormat, FileRecord, Place } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { parserForContent, parserForName } from '../parsers/index.ts';
import type { ParserDefinition } from '../parsers/shared/parser.ts';
import { isScreenOutput } from '../parsers/shared/screen-output.ts';
import { lineNumbers } from './resolve-lines.ts';

export interface ReadOptions {
  /** `last` drops all but the last ionic step: thousands of steps need not travel between threads. */
  readonly steps: 'last' | 'all';
  /** Resolve the lines of the places of values. */
  readonly placeLines: boolean;
  /** For an OUTCAR: look for the selective-dynamics flags of its run in the structures beside it. */
  readonly neighbourFlags: boolean;
  /** Keep eigenvalues, the density of states: they are large. */
  readonly eigenvalues?: boolean;
  readonly densityOfStates?: boolean;
  /** Of a DOSCAR: the d states of every atom. */
  readonly dStates?: boolean;
  /** Final state only, from the end of the file. */
  readonly tail?: boolean;
  /** Default `before`. `beside`: where a processor is free. `never`: no identity, the file need not be read whole. */
  readonly hash?: OpenFileOptions['hash'];
  /** Where the path must lead: another file is not read. */
  readonly realPath?: string;
}

/** What a file says; without format when nothing could be made of it. */
export type ReadRecord = Omit<FileRecord, 'format'> & { readonly format?: FileFormat };

export interface FileReading {
  readonly path: string;
  /** Absent when the bytes could not be read or no hash was wanted. */
  readonly identity?: ContentIdentity;
  /** Size as stored of a file whose hash was not wanted. */
  readonly unhashedBytes?: number;
  readonly record: ReadRecord;
  /** 3N, 1 = free along that lattice vector; of the structure that belongs to this OUTCAR. */
  readonly selectiveDynamics?: Uint8Array;
}

export async function readRecord(path: string, options: ReadOptions): Promise<FileReading> {
  const named = parserForName(path);
  if (named === undefined && isLicensedName(basename(path))) return { path, record: unreadableRecord(licensedIssue()) };
  const { realPath, hash = 'before' } = options;
  const file = await openFile(path, { hash, ...(realPath !== undefined && { realPath }) });
  if (!file.readable) {
    const record = unreadableRecord(file.issue, named?.format);
    return file.identity === undefined ? { path, record } : { path, identity: file.identity, record };
  }
  try {
    const said = await parsed(path, file.source, options);
    const whole = await wholeFile(file);
    if ('code' in whole) return { path, record: unreadableRecord(whole, named?.format) };
    const { identity, lines } = whole;
    const record = trimmed(completed(said, { file, lines }, options), options);
    const reading = { path, ...(identity === undefined ? { unhashedBytes: file.storedBytes } : { identity }), record };
    return options.neighbourFlags && record.format === 'outcar' ? await withNeighbourFlags(reading) : reading;
  } finally {
    file.close();
  }
}

/** A disk that fails after the parser has read what it wanted: without the whole file there is no identity to go by. */
async function wholeFile(file: OpenFile): Promise<WholeFile | Issue> {
  try {
    return await file.digest();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return issue('E_UNREADABLE', { reason: reasonOf(error) });
  }
}

async function parsed(path: string, source: ByteSource, options: ReadOptions): Promise<ReadRecord> {
  const head = headOf(source);
  if (await isLicensedHead(head)) return unreadableRecord(licensedIssue());
  const text = head.toString('latin1');
  const named = parserForName(path);
  if (named === undefined && isScreenOutput(text)) return unreadableRecord(screenOutputIssue());
  const likely = parserForContent(text);
  const first = named ?? likely;
  if (first === undefined) return unreadableRecord(issue('E_UNREADABLE', { reason: unknownFormatReason(text) }));
  if (likely === undefined || likely === first) return parsedAs(first, source, options);
  return parsedAsLikely({ named: first, likely, head: text, source, options });
}

interface Doubt {
  readonly named: ParserDefinition;
  readonly likely: ParserDefinition;
  readonly head: string;
  readonly source: ByteSource;
  readonly options: ReadOptions;
}

/** The name says one format and the first bytes look like another. */
async function parsedAsLikely({ named, likely, head, source, options }: Doubt): Promise<ReadRecord> {
  // Tags of an INCAR are found in many a file, also in an OUTCAR; what begins with its own name is nothing else.
  const isUnmistakable = OWN_NAME[likely.format]?.test(head) === true;
  const asNamed = isUnmistakable ? undefined : await parsedAs(named, source, options);
  if (asNamed !== undefined && asNamed.completeness !== 'unreadable') return asNamed;
  const asLikely = await parsedAs(likely, source, options);
  if (asLikely.completeness === 'unreadable') return asNamed ?? parsedAs(named, source, options);
  const note = issue('I_FORMAT_BY_CONTENT', { named: named.format, found: likely.format });
  return { ...asLikely, issues: [note, ...asLikely.issues] };
}

const OWN_NAME: Partial<Record<FileFormat, RegExp>> = {
  outcar: /^\s*vasp\.\d[^\n]*(?:complex|gamma|\(build)/,
  'vasprun-xml': /^\s*<\?xml[^>]*>\s*<modeling>/,
  'vaspout-h5': /^\x89HDF\r\n/,
};

async function parsedAs(parser: ParserDefinition, source: ByteSource, options: ReadOptions): Promise<ReadRecord> {
  try {
    await parser.prepare?.();
    const { steps, eigenvalues = false, densityOfStates = false, dStates = false, tail = false } = options;
    return parser.parse(source, { steps, eigenvalues, densityOfStates, dStates, tail });
  } catch (error) {
    return unreadableRecord(issue('E_UNREADABLE', { reason: failureReason(error) }), parser.format);
  }
}

/** A disk that fails while a file is parsed, or a parser that does: the other files must still be read. */
function failureReason(error: unknown): string {
  if (isSystemError(error)) return reasonOf(error);
  return `the parser failed (${String(error)}). This is a bug in adatom; please report it with this file`;
}

function licensedIssue(): Issue {
  return issue('E_UNREADABLE', { reason: 'a POTCAR, which is licensed: its titles and valences stand in the OUTCAR' });
}

/** It has the lines of an OSZICAR, between warnings of anybody, and nothing that an output file does not say better. */
function screenOutputIssue(): Issue {
  const reason = 'the screen output of VASP: give the OUTCAR, vasprun.xml, vaspout.h5 or OSZICAR of the same run';
  return issue('E_UNREADABLE', { reason });
}

function unknownFormatReason(head: string): string {
  if (head.includes('\0')) return 'binary content, no text file of VASP';
  return 'none of the known formats (adatom parse --help lists them)';
}

function headOf(source: ByteSource): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  return head.subarray(0, source.read(head, 0));
}

/** So much tells a format, and a licensed file. */
const HEAD_BYTES = 4096;

function unreadableRecord(problem: Issue, format?: ParserDefinition['format']): ReadRecord {
  const record = { completeness: 'unreadable', places: {}, issues: [problem] } as const;
  return format === undefined ? record : { ...record, format };
}

interface LookedAt {
  readonly file: OpenFile;
  readonly lines: LineCheckpoints | undefined;
}

/** Adds what the file system and the archive say, and the lines of the byte offsets. */
function completed(record: ReadRecord, { file, lines: checkpoints }: LookedAt, options: ReadOptions): ReadRecord {
  const cut = issue('E_TRUNCATED', { expected: 'a whole archive', found: 'an archive that is cut off' });
  const issues = file.truncatedArchive ? [cut, ...record.issues] : record.issues;
  // Lines count from the start of the file, which the end alone does not tell.
  const wantsLines = options.placeLines || options.tail !== true;
  const missing = wantsLines ? issues.filter(({ where }) => where.line === undefined) : [];
  const offsets = missing.flatMap(({ where }) => where.byteOffset ?? []);
  const { earlierRuns = [] } = record;
  const places = options.placeLines ? Object.values(record.places) : [];
  // An appended run is told by an issue, whose line is wanted in any case.
  const runPlaces = wantsLines ? earlierRuns.map(({ place }) => place) : [];
  const placeOffsets = [...places, ...runPlaces].map((place) => place.byteOffset);
  const lines = lineNumbers(file.source, [...offsets, ...placeOffsets], checkpoints);
  return {
    ...record,
    completeness: completenessOf(record.completeness, file),
    ...(earlierRuns.length > 0 && {
      earlierRuns: earlierRuns.map((run) => ({ ...run, place: withLine(run.place, lines) })),
    }),
    places: options.placeLines ? withLines(record.places, lines) : record.places,
    issues: issues.map((entry) => {
      const line = entry.where.line ?? lines.get(entry.where.byteOffset ?? -1);
      return line === undefined ? entry : { ...entry, where: { ...entry.where, line } };
    }),
  };
}

function completenessOf(stated: Completeness, file: OpenFile): Completeness {
  if (stated === 'unreadable') return stated;
  if (file.truncatedArchive) return 'truncated';
  return stated === 'truncated' && file.grewWhileReading() ? 'running' : stated;
}

function withLines(places: FileRecord['places'], lines: ReadonlyMap<number, number>): Record<string, Place> {
  const result: Record<string, Place> = {};
  for (const [name, place] of Object.entries(places)) result[name] = withLine(place, lines);
  return result;
}

function withLine(place: Place, lines: ReadonlyMap<number, number>): Place {
  const line = lines.get(place.byteOffset);
  return line === undefined ? place : { ...place, line };
}

function trimmed(record: ReadRecord, options: ReadOptions): ReadRecord {
  return options.steps === 'all' || record.steps === undefined ? record : { ...record, steps: record.steps.slice(-1) };
}

async function withNeighbourFlags(reading: FileReading): Promise<FileReading> {
  const species = reading.record.structure?.species;
  const beside = filesBeside(reading.path);
  if (species === undefined || beside === undefined) return reading;
  for (const file of [beside.poscar, beside.contcar]) {
    if (file === undefined) continue;
    const { record } = await readRecord(file.absolutePath, { steps: 'last', placeLines: false, neighbourFlags: false });
    const structure = record.structure;
    if (structure?.selectiveDynamics === undefined) continue;
    if (structure.species.join(' ') === species.join(' ')) {
      return { ...reading, selectiveDynamics: structure.selectiveDynamics };
    }
    const reason = `the selective-dynamics flags of ${file.path}, because its atoms are not those of this file`;
    const issues = [...reading.record.issues, issue('I_NOT_READ', { reason })];
    return { ...reading, record: { ...reading.record, issues } };
  }
  return reading;
}
