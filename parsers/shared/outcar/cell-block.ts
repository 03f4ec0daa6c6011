/**
 * The cell of one ionic step: `direct lattice vectors   reciprocal lattice vectors` and three rows of six numbers.
 *
 * The mistake avoided here: long vectors fill their column, and `0.000000000108.808388788` is two numbers, not one.
 */
import { type Issue, issue } from '../../../model/issues.ts';
import { determinant, type Matrix3, type Vector3 } from '../../../model/lattice.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { boundedLine } from './labelled-value.ts';
import type { MarkList } from './marks.ts';

export interface CellBlock {
  /** Rows a, b, c in Å; absent when a row is no six numbers. */
  readonly latticeAngstrom?: Matrix3;
  /** [from, to) of its rows in the file. */
  readonly from: number;
  readonly to: number;
  readonly issues: readonly Issue[];
}

/** Three components of the direct vector, three of the reciprocal one. */
const COLUMNS = 6;

/** The last cell in [from, to); undefined when there is none or it is torn. */
export function readCell(
  scanner: ByteScanner,
  region: { readonly marks: MarkList; readonly from: number; readonly to: number },
): CellBlock | undefined {
  const title = region.marks.last('cell', region.from, region.to);
  return title < 0 ? undefined : readRows(scanner, title, region.to);
}

function readRows(scanner: ByteScanner, title: number, to: number): CellBlock | undefined {
  const vectors: Vector3[] = [];
  let line = boundedLine(scanner, title, to);
  const from = line.next;
  for (let row = 0; row < 3; row += 1) {
    line = boundedLine(scanner, line.next, to);
    if (!line.terminated) return undefined;
    const text = scanner.text(line.start, line.end);
    const [x, y, z] = rowNumbers(text, COLUMNS) ?? [];
    if (x === undefined || y === undefined || z === undefined) return damaged(line.start, text);
    vectors.push([x, y, z]);
  }
  const [a, b, c] = vectors;
  if (a === undefined || b === undefined || c === undefined) return undefined;
  const volume = determinant([a, b, c]);
  if (volume === 0) return damaged(title, 'a flat cell');
  if (!Number.isFinite(volume)) return damaged(title, 'an endless cell');
  return { latticeAngstrom: [a, b, c], from, to: line.end, issues: [] };
}

function damaged(byteOffset: number, found: string): CellBlock {
  const details = { expected: 'a lattice vector in Å', found: found.trim() };
  return {
    from: byteOffset,
    to: byteOffset,
    issues: [issue('E_UNPARSEABLE', details, { byteOffset, block: 'direct lattice vectors' })],
  };
}
