/**
 * Rows of the small tables that the VTST scripts print: numbers only, one row a line, none without its place in order.
 *
 * The mistake avoided here: closing the gap that an unreadable row leaves. Such a row is missing, its neighbours keep
 * what they say, and the file is called unreadable.
 */
import type { Completeness } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { type Fault, faultAt, isFault } from '../fault.ts';
import { type LineReader, leadingNumbers, placeOf, quoted, type TextLine, whereOf } from '../line-reader.ts';

/** A file with more faults than this is no such table, and a list of them helps nobody. */
const MAX_FAULTS = 20;

export interface Table<R> {
  readonly rows: readonly R[];
  readonly completeness: Completeness;
  readonly place: ReturnType<typeof placeOf>;
  readonly issues: readonly Issue[];
  /** A last row that is whole but has no line end, which all rows of a script have: there may have been more. */
  readonly unterminated: readonly Issue[];
}

/** Undefined when the file has no row at all. */
export function readTable<R>(
  lines: LineReader,
  readRow: (line: TextLine, rows: readonly R[]) => R | Fault,
): Table<R> | undefined {
  const rows: R[] = [];
  const faults: Fault[] = [];
  let first: TextLine | undefined;
  let last: TextLine | undefined;
  for (let line = lines.next(); line !== undefined && faults.length < MAX_FAULTS; line = lines.next()) {
    if (/^\s*(?:[#!]|$)/.test(line.text)) continue;
    const row = readRow(line, rows);
    if (isFault(row)) faults.push(row);
    else rows.push(row);
    first ??= line;
    last = line;
  }
  if (first === undefined || last === undefined) return undefined;
  const corrupt = faults.find((fault) => fault.completeness === 'unreadable');
  return {
    rows,
    completeness: (corrupt ?? faults[0])?.completeness ?? 'complete',
    place: placeOf(first, last),
    issues: faults.map((fault) => fault.fault),
    unterminated: lines.last()?.terminated === true || faults.length > 0 ? [] : [noLineEnd(last)],
  };
}

function noLineEnd(last: TextLine): Issue {
  return issue(
    'W_TRUNCATED',
    { expected: 'a line end after the last row', found: 'the end of the file' },
    whereOf(last),
  );
}

/** Exactly `count` numbers, all of them whole on a last line without line end; `expected` names them. */
export function rowOf(line: TextLine, count: number, expected: string): readonly number[] | Fault {
  const { values, spans, rest } = leadingNumbers(line.text, count);
  if (values.length !== count || rest.trim() !== '') {
    const code = line.text.trim().split(/\s+/).length === count ? 'E_UNPARSEABLE' : 'E_SYNTAX';
    return faultAt(line, expected, quoted(line.text), code);
  }
  const decimals = spans.map(([start, end]) => /\.\d*$/.exec(line.text.slice(start, end))?.[0].length ?? 0);
  // All columns behind the first are printed alike: fewer decimals in the last one were cut off.
  const torn = !line.terminated && decimals.slice(1).some((length) => length > (decimals.at(-1) ?? 0));
  return torn ? faultAt(line, expected, quoted(line.text)) : values;
}
