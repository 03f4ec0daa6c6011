/**
 * exts.dat, the extrema of the interpolated migration path by the VTST scripts:
 * `Extremum 1 found at image  0.998685 with energy:  0.494221`, in older versions `Extrema 1 found …`.
 *
 * Energies are relative to image 0. An extremum of the interpolation is no saddle by itself, and a path that only rises
 * has none: then the script leaves an empty file. Source: VTST tools, nebspline.pl.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import type { PathExtremum } from '../model/path-table.ts';
import { type Fault, faultAt, notTextRecord, unreadableRecord } from './shared/fault.ts';
import { parseFortranNumber } from './shared/fortran-number.ts';
import { lineReader, quoted, type TextLine } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { readTable } from './shared/path-table/rows.ts';

const ROW = /^\s*Extrem(?:um|a)\s+(\d+)\s+found at image\s+(\S+)\s+with energy:\s*(\S+)\s*$/;
/** Both numbers have six decimals: what has fewer lost them. */
const WHOLE = /\.\d{6}\s*$/;
const EXPECTED_ROW = '"Extremum n found at image x with energy: y"';

export const extsDatParser: ParserDefinition = {
  format: 'exts-dat',
  title: 'exts.dat, the extrema of a migration path by the VTST scripts',
  matchesName: (name) => /(?:^|[._-])exts\.dat$/i.test(name),
  matchesContent: (head) => /^\s*Extrem(?:um|a)\s+1\s+found at image/.test(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('exts-dat', source);
  if (notText !== undefined) return notText;
  let number = 0;
  const table = readTable<PathExtremum>(lineReader(source, options), (line) => {
    number += 1;
    return readRow(line, number);
  });
  if (table === undefined) return unreadableRecord('exts-dat', `no line ${EXPECTED_ROW}`);
  const { rows, completeness, place } = table;
  const issues = [...table.issues, ...table.unterminated];
  return { format: 'exts-dat', completeness, pathExtrema: rows, places: { pathExtrema: place }, issues };
}

function readRow(line: TextLine, expected: number): PathExtremum | Fault {
  const match = ROW.exec(line.text);
  if (match === null || (!line.terminated && !WHOLE.test(line.text))) {
    return faultAt(line, EXPECTED_ROW, quoted(line.text));
  }
  const imageCoordinate = parseFortranNumber(match[2] ?? '');
  const relativeEnergyEv = parseFortranNumber(match[3] ?? '');
  if (Number.isNaN(imageCoordinate + relativeEnergyEv)) {
    return faultAt(line, EXPECTED_ROW, quoted(line.text), 'E_UNPARSEABLE');
  }
  if (Number(match[1]) !== expected) return faultAt(line, `extremum ${expected}`, `extremum ${match[1]}`);
  return { imageCoordinate, relativeEnergyEv };
}
