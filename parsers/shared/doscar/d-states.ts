/**
 * The d states of every atom of a DOSCAR with projections, as moments of their density: states, ∫E·ρ dE, ∫E²·ρ dE.
 *
 * The mistakes avoided here: one spin taken for both, and a column of the magnetisation of a non-collinear run taken for
 * states. What the columns are, their number tells, with the number of spins: s, p, d (, f), or each m by itself (LORBIT ≥
 * 11); of a non-collinear run four columns each, the states first. Source: VASP wiki, DOSCAR.
 */
import type { Place } from '../../../model/calculation.ts';
import type { DStates } from '../../../model/electronic.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { type RowReader, readRow } from '../row-reader.ts';

export interface ProjectedTable {
  readonly blocks: number;
  /** NEDOS. */
  readonly rows: number;
  readonly spinCount: 1 | 2;
  /** Last number of the first line; 4 in a non-collinear run, but some versions print 0. */
  readonly densities: number;
}

export interface FoundDStates {
  readonly dStates?: DStates;
  readonly place?: Place;
  readonly issues: readonly Issue[];
}

const MOST_COLUMNS = 65;

/** `reader` stands behind the total density. All blocks are whole: that was counted. */
export function readDStates(reader: RowReader, table: ProjectedTable): FoundDStates {
  const { blocks, rows } = table;
  const [states, first, second] = [new Float64Array(blocks), new Float64Array(blocks), new Float64Array(blocks)];
  const row = new Float64Array(MOST_COLUMNS);
  const range = { from: Number.NaN, to: Number.NaN };
  let columns: readonly number[] | undefined;
  let start = -1;
  for (let block = 0; block < blocks; block += 1) {
    reader.row();
    if (start < 0) start = reader.start();
    let [energyBefore, densityBefore] = [Number.NaN, 0];
    for (let at = 0; at < rows; at += 1) {
      const bytes = reader.row();
      const fields = bytes === undefined ? 0 : readRow(bytes, row);
      columns ??= dColumns(fields, table);
      if (columns === undefined) return unreadable(reader, `${fields} columns`);
      const energy = row[0] ?? Number.NaN;
      let density = 0;
      for (const column of columns) density += row[column] ?? Number.NaN;
      if (!Number.isFinite(energy + density)) return unreadable(reader, 'a field that is no number');
      if (at === 0) range.from = energy;
      else addSlice({ states, first, second }, block, [energyBefore, densityBefore, energy, density]);
      [energyBefore, densityBefore, range.to] = [energy, density, energy];
    }
  }
  if (start < 0) return { issues: [] };
  return {
    dStates: { states, firstMomentsEv: first, secondMomentsEv2: second, fromEv: range.from, toEv: range.to },
    place: { byteOffset: start, byteLength: reader.end() - start },
    issues: [],
  };
}

interface Moments {
  readonly states: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** By trapezoids. */
function addSlice(
  { states, first, second }: Moments,
  block: number,
  [from, before, to, behind]: readonly [number, number, number, number],
): void {
  const half = (to - from) / 2;
  states[block] = (states[block] ?? 0) + half * (before + behind);
  first[block] = (first[block] ?? 0) + half * (before * from + behind * to);
  second[block] = (second[block] ?? 0) + half * (before * from ** 2 + behind * to ** 2);
}

const BY_SHELL: readonly number[] = [3];
const BY_SHELL_OF_SPINS = [5, 6];
const BY_ORBITAL = [5, 6, 7, 8, 9];
const BY_ORBITAL_OF_SPINS = [9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const BY_SHELL_NON_COLLINEAR = [9];
const BY_ORBITAL_NON_COLLINEAR = [17, 21, 25, 29, 33];

/** Counted from the energy, which is 0. Undefined when the number of columns fits nothing, or two things. */
function dColumns(fields: number, { spinCount, densities }: ProjectedTable): readonly number[] | undefined {
  if (spinCount === 2) {
    if (fields === 7 || fields === 9) return BY_SHELL_OF_SPINS;
    return fields === 19 || fields === 33 ? BY_ORBITAL_OF_SPINS : undefined;
  }
  switch (fields) {
    case 4:
    case 5:
      return BY_SHELL;
    case 10:
      return BY_ORBITAL;
    case 13:
      return BY_SHELL_NON_COLLINEAR;
    case 17:
      // s … f each with three moments, or sixteen orbitals: the first line of the file tells, where it is filled in.
      return densities === 4 ? BY_SHELL_NON_COLLINEAR : densities === 1 ? BY_ORBITAL : undefined;
    case 37:
    case 65:
      return BY_ORBITAL_NON_COLLINEAR;
    default:
      return undefined;
  }
}

function unreadable(reader: RowReader, found: string): FoundDStates {
  const expected = 'columns of s, p, d (f) states, or of each orbital, for one spin, two, or non-collinear';
  const where = { line: reader.lineNumber(), byteOffset: reader.start(), block: 'projected densities' };
  return { issues: [issue('W_UNPARSEABLE', { expected, found }, where)] };
}
