/**
 * The total density of states: `energy dos integrated`, or with two spins `energy up down integrated integrated`.
 *
 * Non-collinear runs (NCDIJ = 4) have three columns as well: the columns tell the number of spins, not the first line of
 * the file, where some versions print 0. Exponents of three digits lose their letter (`0.1234-100`).
 */
import type { DensityOfStates } from '../../../model/electronic.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { endedAfter, type Fault, faultAt } from '../fault.ts';
import { quoted } from '../line-reader.ts';
import { isBlankRow, type RowReader, readRow } from '../row-reader.ts';
import type { DoscarHead } from './head.ts';

export interface TotalDensity {
  /** Of the complete rows; absent without any, or when one of them is no number. */
  readonly density?: DensityOfStates;
  readonly start: number;
  readonly end: number;
  readonly issues: readonly Issue[];
  readonly fault?: Fault;
}

interface Columns {
  /** One array a column, grown row by row: NEDOS is the file's claim. */
  readonly values: readonly number[][];
  readonly issues: Issue[];
}

const MAX_ISSUES = 20;

export function readTotalDensity(reader: RowReader, head: DoscarHead): TotalDensity {
  const row = new Float64Array(5);
  let columns: Columns | undefined;
  let [start, end, count] = [reader.end(), reader.end(), 0];
  const outcome = (fault?: Fault): TotalDensity => {
    const density =
      columns === undefined || count === 0 || columns.issues.length > 0 ? undefined : densityOf(columns, head);
    return {
      ...(density !== undefined && { density }),
      start,
      end,
      issues: columns?.issues ?? [],
      ...(fault !== undefined && { fault }),
    };
  };
  const expected = `${head.rows ?? 'some'} energies with their density of states`;
  for (; count < (head.rows ?? Number.POSITIVE_INFINITY); count += 1) {
    const bytes = reader.row();
    if (bytes === undefined)
      return head.rows === undefined ? outcome() : outcome(endedAfter(reader, expected, `${count} (file ends)`));
    const fields = readRow(bytes, row);
    if (head.rows === undefined && isNextBlock(reader, head)) {
      reader.back();
      return outcome();
    }
    columns ??=
      fields === 3 || fields === 5 ? { values: Array.from({ length: fields }, () => []), issues: [] } : undefined;
    if (columns === undefined || fields !== columns.values.length || !reader.isWhole()) {
      return outcome(faultHere(reader, `${expected}, 3 or 5 numbers each`));
    }
    if (count === 0) start = reader.start();
    end = reader.end();
    take(row, columns, reader);
  }
  const behind = reader.row();
  if (behind === undefined) return outcome();
  if (!isBlankRow(behind) && !isNextBlock(reader, head)) return outcome(faultHere(reader, `no more than ${expected}`));
  reader.back();
  return outcome();
}

function take(row: Float64Array, { values, issues }: Columns, reader: RowReader): void {
  let bad = false;
  for (const [column, collected] of values.entries()) {
    const value = row[column] ?? Number.NaN;
    bad ||= Number.isNaN(value);
    collected.push(value);
  }
  const line = bad && issues.length < MAX_ISSUES ? reader.last() : undefined;
  if (line === undefined) return;
  const where = { line: line.number, byteOffset: line.start, block: 'total density of states' };
  issues.push(issue('E_UNPARSEABLE', { expected: `${values.length} numbers`, found: quoted(line.text) }, where));
}

/** Whether the row read last is the line that stands above every block. */
function isNextBlock(reader: RowReader, head: DoscarHead): boolean {
  return reader.end() - reader.start() === head.text.length && reader.last()?.text === head.text;
}

function faultHere(reader: RowReader, expected: string): Fault {
  const last = reader.last();
  return last === undefined ? endedAfter(reader, expected) : faultAt(last, expected, quoted(last.text));
}

function densityOf({ values }: Columns, head: DoscarHead): DensityOfStates {
  const [energies = [], ...densities] = values;
  const spinCount = densities.length === 4 ? 2 : 1;
  return {
    spinCount,
    energiesEv: Float64Array.from(energies),
    totalPerEv: Float64Array.from(densities.slice(0, spinCount).flat()),
    integrated: Float64Array.from(densities.slice(spinCount).flat()),
    ...(head.fermiEnergyEv !== undefined && { fermiEnergyEv: head.fermiEnergyEv }),
  };
}
