/**
 * The tables of an OUTCAR header: cell, k-points, starting positions and the NEB block, each a title line followed by
 * rows of numbers. A table counts when the line behind its last row is there: the end of a file may cut it short.
 */
import type { KPoints, Place, SettingValue } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { determinant, type Matrix3, type Vector3 } from '../../../model/lattice.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { parseFortranLogical, parseFortranNumber } from '../fortran-number.ts';

type TableName = 'lattice' | 'kpoints' | 'cartesian';

export interface HeaderTables {
  /** Takes the line if it is the next row of a table. */
  readonly takeRow: (line: string, offset: number) => boolean;
  /** Takes the line if it begins a table or belongs to the NEB block or the k-point mesh; `first` is its first character. */
  readonly takeTitle: (line: string, first: string, offset: number) => boolean;
  /** Rows a, b, c in Å. */
  readonly lattice: () => Matrix3 | undefined;
  /** Starting positions, Å. */
  readonly cartesian: () => readonly Vector3[] | undefined;
  readonly kpoints: () => KPoints | undefined;
  /** Of the tables that are whole. */
  readonly rowCounts: () => Readonly<Partial<Record<TableName, number>>>;
  /** Rows that are none, where the table must go on; such a table is left out. */
  readonly issues: () => readonly Issue[];
  readonly nebSettings: () => Readonly<Record<string, SettingValue>>;
  /** Where the values of the tables that are whole and of the NEB block stand. */
  readonly places: () => Readonly<Record<string, Place>>;
}

const TITLES: readonly (readonly [text: string, table: TableName, columns: number])[] = [
  ['direct lattice vectors                 reciprocal', 'lattice', 6],
  ['k-points in reciprocal lattice and weights', 'kpoints', 4],
  ['position of ions in cartesian coordinates', 'cartesian', 3],
];

/** Names in the record of what each table holds. */
const VALUES: Readonly<Record<TableName, readonly string[]>> = {
  lattice: ['structure.latticeAngstrom'],
  kpoints: ['kpoints.fractional', 'kpoints.weights'],
  cartesian: ['structure.cartesianAngstrom'],
};

const LATTICE_ROWS = 3;
const QUOTED_CHARACTERS = 120;

export function headerTables(): HeaderTables {
  const tables: Partial<Record<TableName, readonly number[][]>> = {};
  const neb: Record<string, SettingValue> = {};
  let mesh: readonly [number, number, number] | undefined;
  let open: OpenTable | undefined;

  const issues: Issue[] = [];
  const places: Record<string, Place> = {};

  const takeRow = (line: string, offset: number): boolean => {
    if (open === undefined) return false;
    const row = rowNumbers(line, open.columns);
    if (row !== undefined) {
      if (open.rows.length === 0) open.start = offset;
      open.end = offset + line.length;
      open.rows.push(row);
    } else {
      const damage = rowDamage(open, line);
      if (damage === undefined) {
        tables[open.table] = open.rows;
        const place = { byteOffset: open.start, byteLength: open.end - open.start };
        if (open.rows.length > 0) for (const name of VALUES[open.table]) places[name] = place;
      } else issues.push(issue('W_UNPARSEABLE', damage, { byteOffset: offset, block: open.table }));
      open = undefined;
    }
    return row !== undefined;
  };
  const openTable = (line: string): boolean => {
    const title = TITLES.find(([text]) => line.includes(text));
    if (title === undefined) return false;
    open = { table: title[1], columns: title[2], rows: [], start: 0, end: 0 };
    return true;
  };
  const takeNeb = (line: string, offset: number): boolean => {
    const match = /^\s*NEB:\s+(SPRING|LCLIMB)(?:\s+(\S+))?\s*$/.exec(line);
    if (match?.[1] === undefined) return false;
    const text = match[2] ?? '';
    const value = match[1] === 'LCLIMB' ? parseFortranLogical(text) : parseFortranNumber(text);
    if (value !== undefined && !Number.isNaN(value)) {
      neb[match[1]] = value;
      places[`settings.${match[1]}`] = placeOf(line, offset, match[1]);
    } else issues.push(issue('W_UNPARSEABLE', { expected: match[1], found: line.trim() }, { byteOffset: offset }));
    return true;
  };
  const takeMesh = (line: string, offset: number): boolean => {
    const match = /generate k-points for:(.*)$/.exec(line);
    if (match?.[1] === undefined) return false;
    const fields = match[1].trim();
    const [, a, b, c] = /^(\d+)\s+(\d+)\s+(\d+)$/.exec(fields) ?? [];
    mesh = c === undefined ? undefined : [Number(a), Number(b), Number(c)];
    if (mesh !== undefined) places['kpoints.mesh'] = placeOf(line, offset, match[0].trimEnd());
    else issues.push(issue('W_UNPARSEABLE', { expected: 'a mesh of k-points', found: fields }, { byteOffset: offset }));
    return true;
  };

  return {
    takeRow,
    takeTitle: (line, first, offset) => {
      if (first === 'd' || first === 'k' || first === 'p') return openTable(line);
      if (first === 'N') return takeNeb(line, offset);
      return first === 'g' && takeMesh(line, offset);
    },
    lattice: () => latticeOf(tables.lattice ?? []),
    cartesian: () => (tables.cartesian?.length ? tables.cartesian.map(firstThree) : undefined),
    kpoints: () => kpointsOf(tables.kpoints ?? [], mesh),
    rowCounts: () => ({
      ...(tables.cartesian !== undefined && { cartesian: tables.cartesian.length }),
      ...(tables.kpoints !== undefined && { kpoints: tables.kpoints.length }),
    }),
    issues: () => issues,
    nebSettings: () => neb,
    places: () => places,
  };
}

interface OpenTable {
  readonly table: TableName;
  readonly columns: number;
  readonly rows: number[][];
  /** [start, end) of the rows in the file. */
  start: number;
  end: number;
}

/** From the word, which the line holds, to the end of its text. */
export function placeOf(line: string, offset: number, word: string): Place {
  const start = line.indexOf(word);
  return { byteOffset: offset + start, byteLength: line.trimEnd().length - start };
}

/** The list of k-points and that of atoms end with a blank line, the cell has three rows. */
function rowDamage({ table, columns, rows }: OpenTable, line: string) {
  const isEnd = table === 'lattice' ? rows.length === LATTICE_ROWS : line.trim() === '';
  return isEnd ? undefined : { expected: `${columns} numbers`, found: line.trim().slice(0, QUOTED_CHARACTERS) };
}

function latticeOf(rows: readonly number[][]): Matrix3 | undefined {
  const [a, b, c] = rows.map(firstThree);
  if (a === undefined || b === undefined || c === undefined) return undefined;
  return Math.abs(determinant([a, b, c])) > 0 ? [a, b, c] : undefined;
}

function kpointsOf(
  rows: readonly number[][],
  mesh: readonly [number, number, number] | undefined,
): KPoints | undefined {
  if (rows.length === 0 && mesh === undefined) return undefined;
  return {
    ...(rows.length > 0 && { fractional: rows.map(firstThree), weights: rows.map((row) => row[3] ?? Number.NaN) }),
    ...(mesh !== undefined && { mesh }),
  };
}

function firstThree(row: readonly number[]): Vector3 {
  return [row[0] ?? Number.NaN, row[1] ?? Number.NaN, row[2] ?? Number.NaN];
}
