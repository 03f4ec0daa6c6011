/**
 * The tables of an OUTCAR header: cell, k-points, starting positions and the NEB block, each a title line followed by
 * rows of numbers.
 */
import type { KPoints, SettingValue } from '../../../model/calculation.ts';
import { determinant, type Matrix3, type Vector3 } from '../../../model/lattice.ts';
import { splitFixedColumns } from '../fixed-columns.ts';
import { parseFortranLogical, parseFortranNumber, readNumbers } from '../fortran-number.ts';

type TableName = 'lattice' | 'kpoints' | 'cartesian';

const TITLES: readonly (readonly [text: string, table: TableName, columns: number])[] = [
  ['direct lattice vectors                 reciprocal', 'lattice', 6],
  ['k-points in reciprocal lattice and weights', 'kpoints', 4],
  ['position of ions in cartesian coordinates', 'cartesian', 3],
];

const encoder = new TextEncoder();

export class HeaderTables {
  readonly #rows: Record<TableName, number[][]> = { lattice: [], kpoints: [], cartesian: [] };
  readonly #neb: Record<string, SettingValue> = {};
  #mesh: readonly [number, number, number] | undefined;
  #open: { readonly table: TableName; readonly columns: number } | undefined;

  /** Takes the line if it belongs to a table; false leaves it to the settings. */
  take(line: string): boolean {
    if (this.#open !== undefined) {
      const row = numbersOf(line, this.#open.columns);
      if (row.length === this.#open.columns) {
        this.#rows[this.#open.table].push(row);
        return true;
      }
      this.#open = undefined;
    }
    for (const [text, table, columns] of TITLES) {
      if (!line.includes(text)) continue;
      this.#open = { table, columns };
      this.#rows[table] = [];
      return true;
    }
    return this.#takeNeb(line) || this.#takeMesh(line);
  }

  /** Rows a, b, c in Å. */
  lattice(): Matrix3 | undefined {
    const [a, b, c] = this.#rows.lattice.map(firstThree);
    if (a === undefined || b === undefined || c === undefined) return undefined;
    const lattice: Matrix3 = [a, b, c];
    return Math.abs(determinant(lattice)) > 0 ? lattice : undefined;
  }

  /** Starting positions, Å. */
  cartesian(): readonly Vector3[] | undefined {
    const rows = this.#rows.cartesian;
    return rows.length > 0 ? rows.map(firstThree) : undefined;
  }

  kpoints(): KPoints | undefined {
    const rows = this.#rows.kpoints;
    if (rows.length === 0 && this.#mesh === undefined) return undefined;
    return {
      ...(rows.length > 0 && { fractional: rows.map(firstThree), weights: rows.map((row) => row[3] ?? Number.NaN) }),
      ...(this.#mesh !== undefined && { mesh: this.#mesh }),
    };
  }

  nebSettings(): Readonly<Record<string, SettingValue>> {
    return this.#neb;
  }

  #takeNeb(line: string): boolean {
    const match = /^\s*NEB:\s+(SPRING|LCLIMB)\s+(\S+)\s*$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) return false;
    const value = match[1] === 'LCLIMB' ? parseFortranLogical(match[2]) : parseFortranNumber(match[2]);
    if (value !== undefined && !Number.isNaN(value)) this.#neb[match[1]] = value;
    return true;
  }

  #takeMesh(line: string): boolean {
    const match = /generate k-points for:\s+(\d+)\s+(\d+)\s+(\d+)/.exec(line);
    if (match === null) return false;
    this.#mesh = [Number(match[1]), Number(match[2]), Number(match[3])];
    return true;
  }
}

/**
 * Counts printed in columns of four characters that run together above 999 atoms of a type (`10001000`); undefined
 * when the columns do not add up either.
 */
export function fixedWidthCounts(text: string, types: number, atomCount: number): number[] | undefined {
  const columns = text.slice(-4 * types);
  const counts = Array.from({ length: types }, (_, type) => parseFortranNumber(columns.slice(4 * type, 4 * type + 4)));
  return counts.reduce((total, count) => total + count, 0) === atomCount ? counts : undefined;
}

function numbersOf(line: string, columns: number): number[] {
  const bytes = encoder.encode(line);
  const values = readNumbers(bytes, 0, bytes.length, columns);
  if (values.length === columns && values.every(Number.isFinite)) return values;
  return splitFixedColumns(line, columns) ?? [];
}

function firstThree(row: readonly number[]): Vector3 {
  return [row[0] ?? Number.NaN, row[1] ?? Number.NaN, row[2] ?? Number.NaN];
}
