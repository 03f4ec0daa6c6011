/**
 * A fault that ends the reading of a small file: what was expected, what was found, where.
 *
 * The mistake avoided here: calling every early end a syntax error. A fault on a last line without line end is a torn
 * tail (`truncated`), the same fault anywhere else is corruption (`unreadable`).
 */
import type { ByteSource } from '../../model/byte-source.ts';
import type { Completeness, FileFormat, FileRecord } from '../../model/calculation.ts';
import { type Issue, type IssueCode, issue } from '../../model/issues.ts';
import { type LineReader, notText, type TextLine, whereOf } from './line-reader.ts';

export interface Fault {
  readonly fault: Issue;
  readonly completeness: Extract<Completeness, 'truncated' | 'unreadable'>;
}

export function isFault(outcome: unknown): outcome is Fault {
  return typeof outcome === 'object' && outcome !== null && 'fault' in outcome;
}

/** The line is not what it should be. */
export function faultAt(
  line: TextLine,
  expected: string,
  found: string,
  code: Extract<IssueCode, 'E_SYNTAX' | 'E_UNPARSEABLE'> = 'E_SYNTAX',
): Fault {
  if (!line.terminated) {
    const torn = { expected, found: `${found} (file ends)` };
    return { fault: issue('E_TRUNCATED', torn, whereOf(line)), completeness: 'truncated' };
  }
  return { fault: issue(code, { expected, found }, whereOf(line)), completeness: 'unreadable' };
}

/** The next line, or the fault that the file ends before it. */
export function lineOrFault(lines: LineReader, expected: string): TextLine | Fault {
  return lines.next() ?? endedAfter(lines, expected);
}

/** The file ends behind the line read last although more must come. */
export function endedAfter(lines: LineReader, expected: string, found = 'the end of the file'): Fault {
  const last = lines.last();
  const where = last === undefined ? { line: 1, byteOffset: 0 } : { line: last.number, byteOffset: last.end };
  return { fault: issue('E_TRUNCATED', { expected, found }, where), completeness: 'truncated' };
}

/** A record that holds nothing but the fault. */
export function faultyRecord(format: FileFormat, fault: Fault): FileRecord {
  return { format, completeness: fault.completeness, places: {}, issues: [fault.fault] };
}

/** A record saying why the bytes are no text at all; undefined when they are. */
export function notTextRecord(format: FileFormat, source: ByteSource): FileRecord | undefined {
  const reason = notText(source);
  return reason === undefined ? undefined : unreadableRecord(format, reason);
}

export function unreadableRecord(format: FileFormat, reason: string): FileRecord {
  const where = { line: 1, byteOffset: 0 };
  return { format, completeness: 'unreadable', places: {}, issues: [issue('E_UNREADABLE', { reason }, where)] };
}
