/**
 * neb.dat, the table of a migration path that the VTST scripts write: image, distance (Å), energy relative to image 0
 * (eV), force along the path F = −dE/ds (eV/Å), and the image again.
 *
 * The mistake avoided here: closing the gap that an unreadable row leaves. Such a row is missing from the table, its
 * neighbours keep their numbers, and the file is called unreadable. Source: VTST tools, nebbarrier.pl.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import type { PathTableRow } from '../model/path-table.ts';
import { type Fault, faultAt, isFault, notTextRecord, unreadableRecord } from './shared/fault.ts';
import { leadingNumbers, lineReader, placeOf, quoted, type TextLine } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { type DecimalPattern, decimalPattern, unterminated } from './shared/torn-number.ts';

/** A file with more faults than this is no table of a path, and a list of them helps nobody. */
const MAX_FAULTS = 20;
const EXPECTED_ROW = 'image, distance, energy and force';
const NUMBER = '[-+]?[\\d.]+(?:[EeDd][-+]?\\d+)?';
/** Distance and energy of image 0 are 0. */
const FIRST_ROWS = new RegExp(
  `^\\s*0(?:\\s+-?0+(?:\\.0*)?){2}\\s+${NUMBER}(?:\\s+0)?\\s*\\n\\s*1(?:\\s+${NUMBER}){3}(?:\\s+1)?\\s*$`,
  'm',
);

export const nebDatParser: ParserDefinition = {
  format: 'neb-dat',
  title: 'neb.dat, the table of a migration path by the VTST scripts',
  matchesName: (name) => /(?:^|[._-])neb\.dat$/i.test(name),
  matchesContent: (head) => FIRST_ROWS.test(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('neb-dat', source);
  if (notText !== undefined) return notText;
  const lines = lineReader(source, options);
  const rows: PathTableRow[] = [];
  const faults: Fault[] = [];
  const shape: Shape = { pattern: decimalPattern(), columns: undefined };
  let first: TextLine | undefined;
  let expectedIndex = 0;
  for (let line = lines.next(); line !== undefined && faults.length < MAX_FAULTS; line = lines.next()) {
    if (/^\s*(?:[#!]|$)/.test(line.text)) continue;
    // Words above the table are its head; below the first row they are a fault.
    if (first === undefined && /^\s*[A-Za-z]/.test(line.text)) continue;
    const row = readRow(line, expectedIndex, shape);
    if (isFault(row)) {
      faults.push(row);
    } else {
      const previous = rows.at(-1)?.distanceAngstrom ?? Number.NEGATIVE_INFINITY;
      if (row.distanceAngstrom < previous) {
        faults.push(faultAt(line, `a distance of at least ${previous} Å`, `${row.distanceAngstrom} Å`));
      }
      rows.push(row);
    }
    first ??= line;
    expectedIndex += 1;
  }
  const last = lines.last();
  if (first === undefined || last === undefined) return unreadableRecord('neb-dat', `no row of ${EXPECTED_ROW}`);
  const corrupt = faults.find((fault) => fault.completeness === 'unreadable');
  return {
    format: 'neb-dat',
    completeness: (corrupt ?? faults[0])?.completeness ?? 'complete',
    pathTable: rows,
    places: { pathTable: placeOf(first, last) },
    issues: [...faults.map((fault) => fault.fault), ...(faults.length === 0 ? unterminated(last) : [])],
  };
}

/** How the rows of this file are written. */
interface Shape {
  readonly pattern: DecimalPattern;
  /** Four or five, as in the first row: of five, one that is lost would shift those behind it. */
  columns: number | undefined;
}

function readRow(line: TextLine, expectedIndex: number, shape: Shape): PathTableRow | Fault {
  const { pattern } = shape;
  const fields = line.text.trim().split(/\s+/);
  const { values, spans, rest } = leadingNumbers(line.text, 5);
  const [index, distanceAngstrom, relativeEnergyEv, tangentForceEvPerAngstrom, again] = values;
  const short = fields.length < 4 && values.length === fields.length;
  if (short) return faultAt(line, EXPECTED_ROW, quoted(line.text));
  if (
    index === undefined ||
    distanceAngstrom === undefined ||
    relativeEnergyEv === undefined ||
    tangentForceEvPerAngstrom === undefined ||
    rest.trim() !== ''
  ) {
    return faultAt(line, EXPECTED_ROW, quoted(line.text), 'E_UNPARSEABLE');
  }
  const columns = spans.slice(1, 4).map(([start, end]) => line.text.slice(start, end));
  const force = columns.pop() ?? '';
  for (const text of columns) pattern.add(text);
  const torn =
    !line.terminated &&
    (again === undefined ? line.text.endsWith(force) && pattern.isCutShort(force) : again !== index);
  if (torn) return faultAt(line, EXPECTED_ROW, quoted(line.text));
  pattern.add(force);
  shape.columns ??= values.length;
  if (values.length !== shape.columns) return faultAt(line, `${shape.columns} columns as above`, `${values.length}`);
  if (index !== expectedIndex) return faultAt(line, `image ${expectedIndex}`, `image ${index}`);
  if (again !== undefined && again !== index) return faultAt(line, `image ${index} again at the end`, `${again}`);
  return { index, distanceAngstrom, relativeEnergyEv, tangentForceEvPerAngstrom };
}
