/**
 * The frames of XDATCAR: `Direct configuration=  n`, `Konfig= n`, `Direct` or a blank line, then a row per atom.
 *
 * The mistake avoided here: a frame is whole when it has all its rows and no row more. A frame that the end of the file
 * cuts is left out; rows beyond the number of atoms mean that the number is wrong, and then so were the frames.
 */

import { type Issue, issue } from '../../../model/issues.ts';
import type { Matrix3 } from '../../../model/lattice.ts';
import { endedAfter, type Fault, faultAt } from '../fault.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import { quoted } from '../line-reader.ts';
import { isBlankRow, type RowReader, readRow } from '../row-reader.ts';
import type { XdatcarHead } from './head.ts';

export interface Frame {
  /** Length 3N, Å; absent without a cell, or when a coordinate is no number. */
  readonly cartesianAngstrom?: Float64Array;
  readonly start: number;
  readonly end: number;
  readonly issues: readonly Issue[];
}

/** `0 0 0` and a line end: bounds what a wrong count can allocate. */
const MINIMUM_ROW_BYTES = 6;
const MARK = /^\s*(?:Direct|Direct\s+configuration\s*=\s*(\d+|\*+)|Konfig\s*=\s*(\d+|\*+))\s*$/i;
/** The longest mark; a longer row needs no look. */
const MARK_BYTES = 80;

export interface Mark {
  /** Number of the frame, where it is printed and has not overflowed. */
  readonly index?: number;
}

/** The mark of a frame that the row read last is, if it is one. */
export function markOf(reader: RowReader): Mark | undefined {
  if (reader.end() - reader.start() > MARK_BYTES) return undefined;
  const match = MARK.exec(reader.last()?.text ?? '');
  if (match === null) return undefined;
  const index = parseFortranNumber(match[1] ?? match[2] ?? '');
  return Number.isNaN(index) ? {} : { index };
}

export function readFrame(reader: RowReader, head: XdatcarHead): Frame | Fault {
  const { atoms } = head;
  const { scanner } = reader;
  skipBlanks(reader);
  const fits = atoms * MINIMUM_ROW_BYTES <= scanner.sizeBytes - reader.end();
  const positions = new Float64Array(fits ? 3 * atoms : 0);
  const row = new Float64Array(3);
  const expected = `${atoms} positions`;
  let [start, bad] = [reader.end(), -1];
  for (let atom = 0; atom < atoms; atom += 1) {
    const bytes = reader.row();
    if (bytes === undefined) return endedAfter(reader, expected, `${atom} (file ends)`);
    if (atom === 0) start = reader.start();
    if (readRow(bytes, row) !== 3 || !reader.isWhole()) return faultHere(reader, expected, atom);
    // By index: an iterator or a `set` for three numbers costs more than the numbers.
    const x = row[0] ?? 0;
    const y = row[1] ?? 0;
    const z = row[2] ?? 0;
    if (Number.isNaN(x + y + z)) {
      if (hasWords(reader)) return faultHere(reader, expected, atom);
      if (bad < 0) bad = reader.start();
    }
    // Beyond the end of an array that the file cannot hold this writes nothing.
    positions[3 * atom] = x;
    positions[3 * atom + 1] = y;
    positions[3 * atom + 2] = z;
  }
  const end = reader.end();
  const cut = reader.last()?.terminated === false ? [unterminated(end)] : [];
  if (isRow(reader, row)) return faultHere(reader, `no more than ${expected}`, atoms);
  const lattice = head.cell?.latticeAngstrom;
  if (lattice !== undefined) toCartesianRows(positions, lattice);
  // A product of two numbers of any size may have none.
  if (bad < 0 && !positions.every(Number.isFinite)) bad = start;
  return {
    ...(lattice !== undefined && bad < 0 && { cartesianAngstrom: positions }),
    start,
    end,
    issues: bad < 0 ? cut : [unparseable(reader, bad), ...cut],
  };
}

/** Whether another row of three numbers follows; anything else is left to be read again. */
function isRow(reader: RowReader, row: Float64Array): boolean {
  const bytes = reader.row();
  if (bytes === undefined) return false;
  if (readRow(bytes, row) === 3 && row.every(Number.isFinite)) return true;
  reader.back();
  return false;
}

/** `Direct configuration= 4` has three fields too. */
function hasWords(reader: RowReader): boolean {
  const text = reader.last()?.text ?? '';
  return /[A-Za-z]{2}/.test(text.replaceAll(/nan|inf(?:inity)?/gi, ''));
}

function skipBlanks(reader: RowReader): void {
  let bytes = reader.row();
  while (bytes !== undefined && isBlankRow(bytes)) bytes = reader.row();
  if (bytes !== undefined) reader.back();
}

function unparseable(reader: RowReader, byteOffset: number): Issue {
  const line = reader.scanner.line(byteOffset);
  const found = quoted(reader.scanner.text(line.start, Math.min(line.end, line.start + 120)));
  return issue('E_UNPARSEABLE', { expected: 'three fractional coordinates', found }, { byteOffset, block: 'frame' });
}

/** The last row is as long as the others, but the end of its line is missing: frames may be, too. */
function unterminated(byteOffset: number): Issue {
  const details = { expected: 'a line end after the last position', found: 'the end of the file' };
  return issue('W_TRUNCATED', details, { byteOffset, block: 'frame' });
}

function faultHere(reader: RowReader, expected: string, atom: number): Fault {
  const last = reader.last();
  return last === undefined
    ? endedAfter(reader, expected)
    : faultAt(last, expected, `${atom}, then ${quoted(last.text)}`);
}

/** Fractional rows to Cartesian ones, in place. */
function toCartesianRows(positions: Float64Array, [a, b, c]: Matrix3): void {
  for (let at = 0; at < positions.length; at += 3) {
    const f = positions[at] ?? 0;
    const g = positions[at + 1] ?? 0;
    const h = positions[at + 2] ?? 0;
    positions[at] = f * a[0] + g * b[0] + h * c[0];
    positions[at + 1] = f * a[1] + g * b[1] + h * c[1];
    positions[at + 2] = f * a[2] + g * b[2] + h * c[2];
  }
}
