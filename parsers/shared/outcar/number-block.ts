/**
 * A matrix that VASP prints as rows of numbers behind a title: dielectric tensors, elastic moduli.
 *
 * A row is labelled (`XX  1477.9089 …`) or not. Columns may touch (`-73.73379-73.73379`); stars make the whole matrix
 * unusable, since a missing element would be taken for zero.
 */
import type { Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Matrix3, Vector3 } from '../../../model/lattice.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { linesBehind } from './text-lines.ts';

export interface NumberBlock {
  readonly rows?: readonly (readonly number[])[];
  readonly place?: Place;
  readonly issues: readonly Issue[];
}

export interface NumberBlockShape {
  /** As it stands in the issue of a damaged block. */
  readonly title: string;
  readonly columns: number;
  /** Labels of the rows; empty texts where rows have none. */
  readonly labels: readonly string[];
  /** Lines between the title and the first row. */
  readonly headLines: number;
}

/** The block whose title stands at `at`. */
export function readNumberBlock(scanner: ByteScanner, at: number, to: number, shape: NumberBlockShape): NumberBlock {
  const lines = linesBehind(scanner, at, to);
  for (let head = 0; head < shape.headLines; head += 1) lines.next();
  const rows: number[][] = [];
  let start = at;
  let end = at;
  for (const label of shape.labels) {
    const line = lines.next();
    if (line.done === true) return cut(shape, at, rows.length);
    const text = line.value.text.trimStart();
    const row = text.startsWith(label) ? rowNumbers(text.slice(label.length), shape.columns) : undefined;
    if (row === undefined) return damaged(shape, line.value.start, line.value.text);
    if (rows.length === 0) start = line.value.start;
    end = line.value.end;
    rows.push(row);
  }
  return { rows, place: { byteOffset: start, byteLength: end - start }, issues: [] };
}

function cut(shape: NumberBlockShape, byteOffset: number, rows: number): NumberBlock {
  const details = { expected: `${shape.labels.length} rows of ${shape.columns} numbers`, found: `${rows} whole rows` };
  return { issues: [issue('W_UNPARSEABLE', details, { byteOffset, block: shape.title })] };
}

function damaged(shape: NumberBlockShape, byteOffset: number, found: string): NumberBlock {
  const details = { expected: `${shape.columns} numbers`, found: found.trim().slice(0, 120) };
  return { issues: [issue('W_UNPARSEABLE', details, { byteOffset, block: shape.title })] };
}

/** Three rows of three as a matrix. */
export function tensorOf(rows: NumberBlock['rows']): Matrix3 | undefined {
  const [a, b, c] = (rows ?? []).map(([x = Number.NaN, y = Number.NaN, z = Number.NaN]): Vector3 => [x, y, z]);
  return a === undefined || b === undefined || c === undefined ? undefined : [a, b, c];
}
