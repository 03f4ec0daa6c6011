/**
 * The table POSITION / TOTAL-FORCE of one ionic step: a row per atom between two rulers.
 *
 * TOTAL-FORCE is the plain DFT force, also in the images of a band. Rows may carry further columns behind the sixth.
 * A `****` field makes all forces unusable: a missing one would look converged. Machine-learned steps print the same
 * table with `(ML)` behind its title; theirs are no DFT forces.
 */
import { type Issue, issue } from '../../../model/issues.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { type NumberCursor, readNumber } from '../fortran-number.ts';
import { knownValues } from '../known-values.ts';
import { readFixedRows, rowLayout } from './fixed-rows.ts';
import { boundedLine } from './labelled-value.ts';
import { MARKS, type MarkList } from './marks.ts';
import type { TableMemory } from './table-memory.ts';

export interface ForceTable {
  readonly offset: number;
  readonly length: number;
  /** Length 3N, Å; absent when a field is no number. */
  readonly cartesianAngstrom?: Float64Array;
  /** Length 3N, eV/Å; absent when a field is no number. */
  readonly forcesEvPerAngstrom?: Float64Array;
  readonly issues: readonly Issue[];
}

interface Rows {
  readonly from: number;
  readonly to: number;
  readonly atoms: number;
  readonly memory: TableMemory;
}

const MACHINE_LEARNED_MARK = ' (ML)';
const BLOCK = 'POSITION TOTAL-FORCE';
const ROW_COLUMNS = 6;
const NEWLINE = 10;
const BLANK = 32;
const MINUS = 45;
/** Patched builds print further columns, never this many. */
const MAXIMUM_ROW_BYTES = 512;
/** Two blanks or signs and two digits per field at the very least: bounds what a wrong atom count can allocate. */
const MINIMUM_ROW_BYTES = 18;
/** Rows are read by so many bytes at once. */
const PIECE_BYTES = 32 * 1024;

export interface ForceTableOptions {
  /** Rows the table must have; undefined: up to its ruler. */
  readonly atoms: number | undefined;
  readonly machineLearned: boolean;
  readonly memory: TableMemory;
}

/** The last table in [from, to); undefined when there is none or it is torn. */
export function readForceTable(
  scanner: ByteScanner,
  region: { readonly marks: MarkList; readonly from: number; readonly to: number },
  options: ForceTableOptions,
): ForceTable | undefined {
  const { marks, from, to } = region;
  let title = marks.last('forces', from, to);
  while (title >= 0) {
    const behind = title + MARKS.forces.length;
    const isLearned = scanner.text(behind, behind + MACHINE_LEARNED_MARK.length) === MACHINE_LEARNED_MARK;
    if (isLearned === options.machineLearned) {
      const ruler = boundedLine(scanner, boundedLine(scanner, title, to).next, to);
      return readTable(scanner, { from: ruler.next, to, atoms: options.atoms, memory: options.memory });
    }
    title = marks.last('forces', from, title);
  }
  return undefined;
}

function readTable(
  scanner: ByteScanner,
  table: Omit<Rows, 'atoms'> & { readonly atoms: number | undefined },
): ForceTable | undefined {
  const fitting = Math.floor((table.to - table.from) / MINIMUM_ROW_BYTES);
  if (table.atoms !== undefined && table.atoms <= fitting) return readRows(scanner, { ...table, atoms: table.atoms });
  const rows = countRows(scanner, table.from, table.to);
  if (rows === undefined) return undefined;
  return table.atoms === undefined
    ? readRows(scanner, { ...table, atoms: rows })
    : wrongLength(table.from, table.from, { expected: table.atoms, found: rows });
}

/** Rows up to the closing ruler; undefined when the file ends before it. */
function countRows(scanner: ByteScanner, from: number, to: number): number | undefined {
  let rows = 0;
  let at = from;
  for (;;) {
    const view = rowView(scanner, at, to);
    if (view === undefined) return undefined;
    if (isRuler(view)) return rows;
    rows += 1;
    at += view.length;
  }
}

function readRows(scanner: ByteScanner, rows: Rows): ForceTable | undefined {
  const { memory, atoms } = rows;
  const { numbers, positions, forces } = memory.take(3 * atoms);
  const bad: { position?: number; force?: number } = {};
  const target = { values: numbers, offsets: memory.offsets(atoms), stride: 3, rows: atoms, numbered: false, done: 0 };
  let at = rows.from;
  while (target.done < atoms) {
    const { layout } = memory;
    if (layout !== undefined) {
      const bytes = Math.min(PIECE_BYTES, layout.bytes * (atoms - target.done));
      const behind = readFixedRows(scanner.bytes(at, Math.min(rows.to, at + bytes)), 0, layout, target);
      at += behind;
      if (behind > 0) continue;
    }
    const view = rowView(scanner, at, rows.to);
    if (view === undefined) return undefined;
    if (isRuler(view)) return wrongLength(rows.from, at, { expected: atoms, found: target.done });
    const damage = readRow(view, positions, forces, 3 * target.done);
    if (damage.position) bad.position ??= at;
    if (damage.force) bad.force ??= at;
    memory.layout = rowLayout(view, ROW_COLUMNS) ?? layout;
    at += view.length;
    target.done += 1;
  }
  const behind = rowView(scanner, at, rows.to);
  if (behind !== undefined && !isRuler(behind)) {
    return wrongLength(rows.from, at, { expected: atoms, found: atoms + 1 });
  }
  return knownValues({
    offset: rows.from,
    length: at - rows.from,
    cartesianAngstrom: bad.position === undefined ? positions : undefined,
    forcesEvPerAngstrom: bad.force === undefined ? forces : undefined,
    issues: [
      ...overflow(scanner, 'three coordinates in Å', bad.position),
      ...overflow(scanner, 'three forces in eV/Å', bad.force),
    ],
  });
}

/** Six numbers in any form. Glued stars swallow columns: a row with too few fields has no number in the missing ones. */
function readRow(
  view: Uint8Array,
  positions: Float64Array,
  forces: Float64Array,
  first: number,
): { readonly position: boolean; readonly force: boolean } {
  const cursor: NumberCursor = { end: 0, value: 0 };
  const damage = { position: false, force: false };
  for (let column = 0; column < ROW_COLUMNS; column += 1) {
    const value = readNumber(view, cursor.end, view.length, cursor) ? cursor.value : Number.NaN;
    if (column < 3) positions[first + column] = value;
    else forces[first + column - 3] = value;
    if (Number.isNaN(value)) damage[column < 3 ? 'position' : 'force'] = true;
  }
  return damage;
}

/** The row at `at` with its line end, valid until the next read; undefined when it is torn. */
function rowView(scanner: ByteScanner, at: number, to: number): Uint8Array | undefined {
  const view = scanner.bytes(at, Math.min(to, at + MAXIMUM_ROW_BYTES));
  const newline = view.indexOf(NEWLINE);
  return newline < 0 ? undefined : view.subarray(0, newline + 1);
}

/** ` --------`: two signs, which no number begins with. */
function isRuler(row: Uint8Array): boolean {
  let first = 0;
  while (row[first] === BLANK) first += 1;
  return row[first] === MINUS && row[first + 1] === MINUS;
}

function overflow(scanner: ByteScanner, expected: string, offset: number | undefined): Issue[] {
  if (offset === undefined) return [];
  const found = scanner.text(offset, Math.min(boundedLine(scanner, offset).end, offset + 120)).trim();
  return [issue('E_UNPARSEABLE', { expected, found }, { byteOffset: offset, block: BLOCK })];
}

function wrongLength(
  from: number,
  at: number,
  rows: { readonly expected: number; readonly found: number },
): ForceTable {
  const more = rows.found > rows.expected ? 'more' : `${rows.found}`;
  const details = { expected: `${rows.expected} rows`, found: `${more} before the closing line` };
  return {
    offset: from,
    length: at - from,
    issues: [issue('E_UNPARSEABLE', details, { byteOffset: at, block: BLOCK })],
  };
}
