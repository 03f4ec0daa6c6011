/**
 * The tables of one ionic step with one row per atom or lattice vector: POSITION / TOTAL-FORCE and the cell.
 *
 * TOTAL-FORCE is the plain DFT force, also in the images of a band. Rows may carry further columns behind the sixth.
 * A `****` field makes the whole column unusable: a wrong force would look converged.
 */
import { type Issue, issue } from '../../../model/issues.ts';
import { determinant, type Matrix3, type Vector3 } from '../../../model/lattice.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { splitFixedColumns } from '../fixed-columns.ts';
import type { NumberCursor } from '../fortran-number.ts';

export interface ForceTable {
  readonly offset: number;
  readonly length: number;
  /** Length 3N, Å; absent when a field is no number. */
  readonly cartesianAngstrom?: Float64Array;
  /** Length 3N, eV/Å; absent when a field is no number. */
  readonly forcesEvPerAngstrom?: Float64Array;
  readonly issues: readonly Issue[];
}

const TITLE = needle('TOTAL-FORCE (eV/Angst)');
const LATTICE_TITLE = needle('direct lattice vectors');
/** Three components of the direct vector, three of the reciprocal one. */
const LATTICE_COLUMNS = 6;
const BLOCK = 'POSITION TOTAL-FORCE';
/** Nobody prints longer lines; a torn file may hold anything. */
const MAXIMUM_LINE_BYTES = 4096;

/** The last complete table in [from, to), with `atoms` rows; undefined when there is none. */
export function readForceTable(scanner: ByteScanner, from: number, to: number, atoms: number): ForceTable | undefined {
  let table: ForceTable | undefined;
  let title = scanner.indexOf(TITLE, from, to);
  while (title >= 0) {
    const rows = scanner.line(scanner.line(title, to).next, to).next; // behind the ruler below the title
    table = readRows(scanner, { from: rows, to, atoms }) ?? table;
    title = scanner.indexOf(TITLE, rows, to);
  }
  return table;
}

/** Lattice vectors as rows, Å, of the last cell block in [from, to). */
export function readLattice(scanner: ByteScanner, from: number, to: number): Matrix3 | undefined {
  let lattice: Matrix3 | undefined;
  let title = scanner.indexOf(LATTICE_TITLE, from, to);
  while (title >= 0) {
    const vectors: Vector3[] = [];
    let line = scanner.line(title, to);
    for (let row = 0; row < 3; row += 1) {
      line = scanner.line(line.next, to);
      const text = scanner.text(line.start, Math.min(line.end, line.start + MAXIMUM_LINE_BYTES));
      const [x, y, z] = splitFixedColumns(text, LATTICE_COLUMNS) ?? [];
      if (x !== undefined && y !== undefined && z !== undefined) vectors.push([x, y, z]);
    }
    lattice = latticeOf(vectors) ?? lattice;
    title = scanner.indexOf(LATTICE_TITLE, line.next, to);
  }
  return lattice;
}

function latticeOf([a, b, c]: readonly Vector3[]): Matrix3 | undefined {
  if (a === undefined || b === undefined || c === undefined) return undefined;
  return Math.abs(determinant([a, b, c])) > 0 ? [a, b, c] : undefined; // NaN compares false: no cell
}

function readRows(
  scanner: ByteScanner,
  table: { readonly from: number; readonly to: number; readonly atoms: number },
): ForceTable | undefined {
  const positions = new Float64Array(3 * table.atoms);
  const forces = new Float64Array(3 * table.atoms);
  const bad: { position?: number; force?: number } = {};
  const cursor: NumberCursor = { end: table.from, value: 0 };
  let line = scanner.line(table.from, table.to);
  for (let atom = 0; atom < table.atoms; atom += 1) {
    // The last row must be followed by its newline: a torn number is shorter, not wrong-looking.
    if (!line.terminated) return undefined;
    const end = Math.min(line.end, line.start + MAXIMUM_LINE_BYTES);
    cursor.end = line.start;
    for (let column = 0; column < 6; column += 1) {
      if (!scanner.number(cursor.end, end, cursor))
        return column === 0 ? undefined : unreadable(table.from, line.start);
      const target = column < 3 ? positions : forces;
      target[3 * atom + (column % 3)] = cursor.value;
      if (Number.isNaN(cursor.value)) bad[column < 3 ? 'position' : 'force'] ??= line.start;
    }
    line = scanner.line(line.next, table.to);
  }
  return {
    offset: table.from,
    length: line.start - table.from,
    ...(bad.position === undefined && { cartesianAngstrom: positions }),
    ...(bad.force === undefined && { forcesEvPerAngstrom: forces }),
    issues: [...overflow('three coordinates in Å', bad.position), ...overflow('three forces in eV/Å', bad.force)],
  };
}

function overflow(expected: string, offset: number | undefined): Issue[] {
  if (offset === undefined) return [];
  return [
    issue('E_UNPARSEABLE', { expected, found: 'a field that is no number' }, { byteOffset: offset, block: BLOCK }),
  ];
}

/** A row with too few fields: glued stars such as `************************` swallow whole columns. */
function unreadable(start: number, rowOffset: number): ForceTable {
  const details = { expected: 'six numbers', found: 'a row with fewer fields' };
  return {
    offset: start,
    length: rowOffset - start,
    issues: [issue('E_UNPARSEABLE', details, { byteOffset: rowOffset, block: BLOCK })],
  };
}
