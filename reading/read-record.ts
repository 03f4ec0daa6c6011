/**
 * One file from path to record: opened, recognised, parsed, closed. Runs in the main thread or in a parse thread.
 *
 * The name decides the format, the content where the name says nothing. Whatever goes wrong with one file is a record
 * that says why, never a failure of the command.
 */
import { filesBeside } from '../intake/files-beside.ts';
import { type ContentIdentity, type ReadableFile, readFile } from '../intake/read-file.ts';
import { isSystemError, reasonOf } from '../intake/system-error.ts';
import type { ByteSource } from '../model/byte-source.ts';
import type { Completeness, FileFormat, FileRecord, Place } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { parserForContent, parserForName } from '../parsers/index.ts';
import type { ParserDefinition } from '../parsers/shared/parser.ts';
import { lineNumbers } from './resolve-lines.ts';

export interface ReadOptions {
  /** `last` drops all but the last ionic step: thousands of steps need not travel between threads. */
  readonly steps: 'last' | 'all';
  /** Resolve the lines of the places of values. */
  readonly placeLines: boolean;
  /** For an OUTCAR: look for the selective-dynamics flags of its run in the structures beside it. */
  readonly neighbourFlags: boolean;
  /** Where the path must lead: another file is not read. */
  readonly realPath?: string;
}

/** What a file says; without format when nothing could be made of it. */
export type ReadRecord = Omit<FileRecord, 'format'> & { readonly format?: FileFormat };

export interface FileReading {
  readonly path: string;
  /** Absent when the bytes could not be read. */
  readonly identity?: ContentIdentity;
  readonly record: ReadRecord;
  /** 3N, 1 = free along that lattice vector; of the structure that belongs to this OUTCAR. */
  readonly selectiveDynamics?: Uint8Array;
}

export async function readRecord(path: string, options: ReadOptions): Promise<FileReading> {
  const { realPath } = options;
  const file = await readFile(path, realPath === undefined ? {} : { realPath });
  if (!file.readable) {
    const parser = parserForName(path);
    const record = unreadableRecord(file.issue, parser?.format);
    return file.identity === undefined ? { path, record } : { path, identity: file.identity, record };
  }
  try {
    const record = trimmed(completed(parsed(path, file), file, options), options);
    const reading = { path, identity: file.identity, record };
    return options.neighbourFlags && record.format === 'outcar' ? await withNeighbourFlags(reading) : reading;
  } finally {
    file.close();
  }
}

function parsed(path: string, file: ReadableFile): ReadRecord {
  const head = headOf(file.source);
  const parser = parserForName(path) ?? parserForContent(head);
  if (parser === undefined) return unreadableRecord(issue('E_UNREADABLE', { reason: unknownFormatReason(head) }));
  try {
    return parser.parse(file.source);
  } catch (error) {
    return unreadableRecord(issue('E_UNREADABLE', { reason: failureReason(error) }), parser.format);
  }
}

/** A disk that fails while a file is parsed, or a parser that does: the other files must still be read. */
function failureReason(error: unknown): string {
  if (isSystemError(error)) return reasonOf(error);
  return `the parser failed (${String(error)}). This is a bug in adatom; please report it with this file`;
}

function unknownFormatReason(head: string): string {
  if (head.startsWith('\x89HDF\r\n')) return 'an HDF5 file (vaspout.h5?), which is not read by this version';
  if (/^\s*<\?xml/.test(head) && head.includes('<modeling')) return 'vasprun.xml is not read by this version';
  if (head.includes('\0')) return 'binary content, no text file of VASP';
  return 'none of the known formats (adatom parse --help lists them)';
}

function headOf(source: ByteSource): string {
  const head = Buffer.alloc(4096);
  return head.toString('latin1', 0, source.read(head, 0));
}

function unreadableRecord(problem: Issue, format?: ParserDefinition['format']): ReadRecord {
  const record = { completeness: 'unreadable', places: {}, issues: [problem] } as const;
  return format === undefined ? record : { ...record, format };
}

/** Adds what the file system and the archive say, and the lines of the byte offsets. */
function completed(record: ReadRecord, file: ReadableFile, options: ReadOptions): ReadRecord {
  const cut = issue('E_TRUNCATED', { expected: 'a whole archive', found: 'an archive that is cut off' });
  const issues = file.truncatedArchive ? [cut, ...record.issues] : record.issues;
  const offsets = issues.flatMap(({ where }) => (where.line === undefined ? (where.byteOffset ?? []) : []));
  const placeOffsets = options.placeLines ? Object.values(record.places).map((place) => place.byteOffset) : [];
  const lines = lineNumbers(file.source, [...offsets, ...placeOffsets]);
  return {
    ...record,
    completeness: completenessOf(record.completeness, file),
    places: options.placeLines ? withLines(record.places, lines) : record.places,
    issues: issues.map((entry) => {
      const line = entry.where.line ?? lines.get(entry.where.byteOffset ?? -1);
      return line === undefined ? entry : { ...entry, where: { ...entry.where, line } };
    }),
  };
}

function completenessOf(stated: Completeness, file: ReadableFile): Completeness {
  if (stated === 'unreadable') return stated;
  if (file.truncatedArchive) return 'truncated';
  return stated === 'truncated' && file.grewWhileReading() ? 'running' : stated;
}

function withLines(places: FileRecord['places'], lines: ReadonlyMap<number, number>): Record<string, Place> {
  const result: Record<string, Place> = {};
  for (const [name, place] of Object.entries(places)) {
    const line = lines.get(place.byteOffset);
    result[name] = line === undefined ? place : { ...place, line };
  }
  return result;
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
