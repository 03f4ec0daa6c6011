/**
 * nebef.dat, a row per image by the VTST scripts: image, largest force (eV/Å), energy (eV), energy relative to the first
 * image (eV).
 *
 * The mistake avoided here: a force of exactly 0. The script prints 0.00000000 where the OUTCAR of an image has no such
 * line, as that of a relaxed endpoint; this is no force, and an energy of 0 is no energy. Source: VTST tools, nebef.pl.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import type { ImageTableRow } from '../model/path-table.ts';
import { type Fault, faultAt, isFault, notTextRecord, unreadableRecord } from './shared/fault.ts';
import { lineReader, quoted, type TextLine } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { readTable, rowOf } from './shared/path-table/rows.ts';

const EXPECTED_ROW = 'image, force, energy and relative energy';
/** Eight decimals each; differences of these round to one unit of the last. */
const PRINTED_EV = 2.5e-8;
const FIRST_ROWS = /^\s*0(?:\s+-?\d+\.\d{8}){3}\s*\n\s*1(?:\s+-?\d+\.\d{8}){3}\s*$/m;

export const nebefDatParser: ParserDefinition = {
  format: 'nebef-dat',
  title: 'nebef.dat, forces and energies of the images by the VTST scripts',
  matchesName: (name) => /(?:^|[._-])nebef\.dat$/i.test(name),
  matchesContent: (head) => FIRST_ROWS.test(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('nebef-dat', source);
  if (notText !== undefined) return notText;
  const first: { energyEv?: number } = {};
  let expectedIndex = 0;
  const table = readTable<ImageTableRow>(lineReader(source, options), (line) => {
    const row = readRow(line, expectedIndex, first);
    expectedIndex += 1;
    return row;
  });
  if (table === undefined) return unreadableRecord('nebef-dat', `no row of ${EXPECTED_ROW}`);
  const { rows, completeness, place } = table;
  const issues = [...table.issues, ...table.unterminated];
  return { format: 'nebef-dat', completeness, imageTable: rows, places: { imageTable: place }, issues };
}

function readRow(line: TextLine, expectedIndex: number, first: { energyEv?: number }): ImageTableRow | Fault {
  const values = rowOf(line, 4, EXPECTED_ROW);
  if (isFault(values)) return values;
  const [index = -1, force = 0, energy = 0, relative = 0] = values;
  if (index !== expectedIndex) return faultAt(line, `image ${expectedIndex}`, `image ${index}`);
  if (index === 0) first.energyEv = energy;
  // The columns check each other: a changed digit in an energy shows here.
  if (first.energyEv !== undefined && Math.abs(energy - first.energyEv - relative) > PRINTED_EV) {
    return faultAt(line, `a relative energy of ${(energy - first.energyEv).toFixed(8)} eV`, quoted(line.text));
  }
  const isRelative = energy !== 0 && first.energyEv !== 0;
  return {
    index,
    ...(force !== 0 && { maxForceEvPerAngstrom: force }),
    ...(energy !== 0 && { energySigma0Ev: energy }),
    ...(isRelative && { relativeEnergyEv: relative }),
  };
}
