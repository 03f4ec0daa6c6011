/**
 * IBZKPT: the k-points that VASP made from the mesh of KPOINTS, reduced by symmetry, with their multiplicities.
 *
 * The weights stay the whole numbers of the file: how many points of the full mesh each one stands for. The tetrahedra
 * behind them (ISMEAR −5) are checked for being all there, not stored. Source: VASP wiki, IBZKPT.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Vector3 } from '../model/lattice.ts';
import { endedAfter, type Fault, faultAt, faultyRecord, isFault, lineOrFault, notTextRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import { leadingNumbers, quoted, type TextLine, whereOf } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { type RowReader, readRow, rowReader } from './shared/row-reader.ts';

const HEAD = /^\s*Automatically generated mesh[^\n]*\n\s*\d+\s*\n\s*Reciprocal lattice/;

export const ibzkptParser: ParserDefinition = {
  format: 'ibzkpt',
  title: 'IBZKPT, the irreducible k-points',
  matchesName: fileNameMatcher(['IBZKPT']),
  matchesContent: (head) => HEAD.test(head),
  parse,
};

interface Points {
  readonly fractional: readonly Vector3[];
  readonly weights: readonly number[];
  readonly start: number;
  readonly end: number;
}

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('ibzkpt', source);
  if (notText !== undefined) return notText;
  const reader = rowReader(source, options);
  const points = readPoints(reader);
  if (isFault(points)) return faultyRecord('ibzkpt', points);
  const { fractional, weights, start, end } = points;
  const behind = checkTetrahedra(reader, weights.length);
  return {
    format: 'ibzkpt',
    completeness: behind === undefined ? 'complete' : 'truncated',
    kpoints: { scheme: 'explicit', fractional, weights },
    places: { kpoints: { byteOffset: start, byteLength: end - start } },
    issues: behind === undefined ? [] : [behind],
  };
}

function readPoints(reader: RowReader): Points | Fault {
  const comment = lineOrFault(reader, 'a comment line');
  if (isFault(comment)) return comment;
  const count = readCount(reader);
  if (isFault(count)) return count;
  const mode = lineOrFault(reader, '"Reciprocal lattice"');
  if (isFault(mode)) return mode;
  if (!mode.terminated || !/^\s*Reciprocal/i.test(mode.text)) {
    return faultAt(mode, '"Reciprocal lattice"', quoted(mode.text));
  }
  const fractional: Vector3[] = [];
  const weights: number[] = [];
  const row = new Float64Array(4);
  let start = reader.end();
  for (let point = 0; point < count; point += 1) {
    const bytes = reader.row();
    if (bytes === undefined) return endedAfter(reader, `${count} k-points`, `${point} (file ends)`);
    if (point === 0) start = reader.start();
    const fields = readRow(bytes, row);
    const [x = 0, y = 0, z = 0, weight = 0] = row;
    // Weights are whole, so a torn one looks like a smaller one.
    const whole = fields === 4 && Number.isFinite(x + y + z) && Number.isInteger(weight) && reader.isWhole();
    if (!whole) return faultAtLast(reader, `${count} k-points with whole weights`, point);
    fractional.push([x, y, z]);
    weights.push(weight);
  }
  return { fractional, weights, start, end: reader.end() };
}

function readCount(reader: RowReader): number | Fault {
  const line = lineOrFault(reader, 'a number of k-points');
  if (isFault(line)) return line;
  const count = /^\s*\d{1,12}\s*$/.test(line.text) && line.terminated ? Number(line.text) : 0;
  return count >= 1 ? count : faultAt(line, 'a number of k-points', quoted(line.text));
}

function faultAtLast(reader: RowReader, expected: string, point: number): Fault {
  const last = reader.last();
  return last === undefined
    ? endedAfter(reader, expected)
    : faultAt(last, expected, `${point}, then ${quoted(last.text)}`);
}

/** What is wrong behind the k-points, which are whole; undefined when the file ends there or all tetrahedra follow. */
function checkTetrahedra(reader: RowReader, points: number): Issue | undefined {
  let line = reader.next();
  while (line !== undefined && line.text.trim() === '') line = reader.next();
  if (line === undefined) return undefined;
  if (!/^\s*Tetrahedra\s*$/.test(line.text)) return behindPoints(line, 'the end of the file or "Tetrahedra"');
  const head = reader.next();
  const [count = 0] = head === undefined ? [] : leadingNumbers(head.text, 2).values;
  if (head === undefined || count < 1) return behindPoints(head ?? line, 'a number of tetrahedra');
  const row = new Float64Array(5);
  for (let tetrahedron = 0; tetrahedron < count; tetrahedron += 1) {
    const bytes = reader.row();
    const corners = bytes !== undefined && readRow(bytes, row) === 5 && reader.isWhole() ? row.subarray(1) : [0];
    const last = reader.last() ?? head;
    if (!corners.every((corner) => corner >= 1 && corner <= points)) return behindPoints(last, `${count} tetrahedra`);
  }
  return undefined;
}

function behindPoints(line: TextLine, expected: string): Issue {
  return issue('W_TRUNCATED', { expected, found: quoted(line.text) }, { ...whereOf(line), block: 'Tetrahedra' });
}
