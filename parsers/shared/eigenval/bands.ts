/**
 * The levels of EIGENVAL, k-point by k-point: `kx ky kz weight`, then a row `n e [e] [occupation [occupation]]` a band.
 *
 * The mistake avoided here: taking three columns for a level and its occupation when they are two spins of VASP 4, which
 * prints no occupations. What the columns are follows from ISPIN and their number; a row with another number is a fault.
 * A k-point counts when all its bands are there.
 */
import type { Eigenvalues } from '../../../model/electronic.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Vector3 } from '../../../model/lattice.ts';
import { type BandGapAccumulator, bandGapAccumulator } from '../band-gap.ts';
import { endedAfter, type Fault, faultAt } from '../fault.ts';
import { quoted } from '../line-reader.ts';
import { isBlankRow, type RowReader, readRow } from '../row-reader.ts';
import type { EigenvalHead } from './head.ts';

export interface Bands {
  readonly gap: BandGapAccumulator;
  /** Complete k-points, with the offset of their first row. */
  readonly kpoints: readonly { readonly fractional: Vector3; readonly weight: number; readonly rowsAt: number }[];
  readonly hasOccupations: boolean;
  /** Only when they are to be kept and all of them are numbers. */
  readonly eigenvalues?: Eigenvalues;
  /** From the first k-point to the last row. */
  readonly start: number;
  readonly end: number;
  readonly issues: readonly Issue[];
  readonly fault?: Fault;
}

interface Reading {
  readonly reader: RowReader;
  readonly head: EigenvalHead;
  readonly gap: BandGapAccumulator;
  readonly kpoints: { fractional: Vector3; weight: number; rowsAt: number }[];
  readonly issues: Issue[];
  readonly row: Float64Array;
  /** Fields of a row: the first row tells. */
  columns: number | undefined;
  /** One column for each spin, k-point after k-point; empty unless they are to be kept. */
  readonly energies: readonly Float64Array[];
  readonly occupations: readonly Float64Array[];
  isNumeric: boolean;
  start: number;
  end: number;
}

/** The issues of a file that blew up would repeat thousands of times. */
const MAX_ISSUES = 20;
/** ` 1 -1.0` and a line end: bounds what wrong counts can allocate. */
const MINIMUM_ROW_BYTES = 8;
/** From here on the number of the band may be stars. */
const WIDE_BAND = 1000;

export function readBands(reader: RowReader, head: EigenvalHead, keep: boolean): Bands {
  const fitting = Math.floor(reader.scanner.sizeBytes / MINIMUM_ROW_BYTES);
  const length = keep ? Math.min(head.kpointCount * head.bandCount, fitting) : 0;
  const columns = () => Array.from({ length: head.spinCount }, () => new Float64Array(length));
  const reading: Reading = {
    reader,
    head,
    gap: bandGapAccumulator(),
    kpoints: [],
    issues: [],
    row: new Float64Array(5),
    columns: undefined,
    energies: columns(),
    occupations: columns(),
    isNumeric: true,
    start: 0,
    end: 0,
  };
  const fault = readKpoints(reading);
  const hasOccupations = reading.columns === 1 + 2 * head.spinCount;
  const kept = keep && reading.isNumeric && reading.kpoints.length > 0;
  return {
    gap: reading.gap,
    kpoints: reading.kpoints,
    hasOccupations,
    ...(kept && { eigenvalues: eigenvaluesOf(reading, hasOccupations) }),
    start: reading.start,
    end: reading.end,
    issues: reading.issues,
    ...(fault !== undefined && { fault }),
  };
}

function readKpoints(reading: Reading): Fault | undefined {
  const { reader, head, kpoints } = reading;
  while (kpoints.length < head.kpointCount) {
    const fault = readKpoint(reading);
    if (fault !== undefined) return fault;
  }
  for (let row = reader.row(); row !== undefined; row = reader.row()) {
    if (!isBlankRow(row)) return faultHere(reading, `the end of the file after ${head.kpointCount} k-points`);
  }
  return undefined;
}

function readKpoint(reading: Reading): Fault | undefined {
  const { reader, head, kpoints, row } = reading;
  let bytes = reader.row();
  while (bytes !== undefined && isBlankRow(bytes)) bytes = reader.row();
  const expected = `${head.kpointCount} k-points of ${head.bandCount} bands`;
  if (bytes === undefined) return endedAfter(reader, expected, `${kpoints.length} (file ends)`);
  const [x = 0, y = 0, z = 0, weight = 0] = readRow(bytes, row) === 4 ? row : [Number.NaN];
  if (!Number.isFinite(x + y + z + weight)) return faultHere(reading, 'a k-point and its weight');
  if (kpoints.length === 0) reading.start = reader.start();
  let rowsAt = 0;
  for (let band = 0; band < head.bandCount; band += 1) {
    bytes = reader.row();
    if (bytes === undefined) return endedAfter(reader, expected, `${kpoints.length} (file ends)`);
    if (band === 0) rowsAt = reader.start();
    const fault = readLevel(reading, bytes, band);
    if (fault !== undefined) return fault;
  }
  kpoints.push({ fractional: [x, y, z], weight, rowsAt });
  reading.end = reader.end();
  return undefined;
}

function readLevel(reading: Reading, bytes: Uint8Array, band: number): Fault | undefined {
  const { reader, head, row, gap, kpoints } = reading;
  const fields = readRow(bytes, row);
  const { spinCount } = head;
  const possible = fields === 1 + spinCount || fields === 1 + 2 * spinCount;
  const number = row[0] ?? Number.NaN;
  const numbered = number === band + 1 || (Number.isNaN(number) && band + 1 >= WIDE_BAND);
  reading.columns ??= possible ? fields : undefined;
  if (!numbered || fields !== reading.columns || !reader.isWhole()) {
    return faultHere(reading, `band ${band + 1} with ${spinCount === 2 ? '2 or 4' : '1 or 2'} numbers`);
  }
  const at = kpoints.length * head.bandCount + band;
  const occupied = fields > 1 + spinCount;
  for (let spin = 0; spin < spinCount; spin += 1) {
    const energyEv = row[1 + spin] ?? Number.NaN;
    const occupation = occupied ? (row[1 + spinCount + spin] ?? Number.NaN) : 0;
    if (Number.isNaN(energyEv) || Number.isNaN(occupation)) unparseable(reading);
    if (occupied) gap.take(energyEv, occupation, spin === 1 ? 1 : 0, kpoints.length);
    // Beyond the end of an array that is not kept this writes nothing.
    (reading.energies[spin] ?? NOTHING)[at] = energyEv;
    (reading.occupations[spin] ?? NOTHING)[at] = occupation;
  }
  return undefined;
}

const NOTHING = new Float64Array(0);

function unparseable(reading: Reading): void {
  reading.isNumeric = false;
  const last = reading.reader.last();
  if (last === undefined || reading.issues.length >= MAX_ISSUES) return;
  const where = { line: last.number, byteOffset: last.start, block: `k-point ${reading.kpoints.length + 1}` };
  const known = reading.issues.at(-1)?.where.byteOffset === last.start;
  if (!known)
    reading.issues.push(issue('E_UNPARSEABLE', { expected: 'levels in eV', found: quoted(last.text) }, where));
}

function faultHere({ reader, kpoints }: Reading, expected: string): Fault {
  const last = reader.last();
  return last === undefined
    ? endedAfter(reader, expected)
    : faultAt(last, `${expected} (k-point ${kpoints.length + 1})`, quoted(last.text));
}

function eigenvaluesOf(reading: Reading, hasOccupations: boolean): Eigenvalues {
  const { head, kpoints } = reading;
  const each = kpoints.length * head.bandCount;
  const joined = (columns: readonly Float64Array[]) => {
    const all = new Float64Array(columns.length * each);
    for (const [spin, column] of columns.entries()) all.set(column.subarray(0, each), spin * each);
    return all;
  };
  return {
    spinCount: head.spinCount,
    kpointCount: kpoints.length,
    bandCount: head.bandCount,
    energiesEv: joined(reading.energies),
    ...(hasOccupations && { occupations: joined(reading.occupations) }),
    kpointsFractional: kpoints.map((point) => point.fractional),
    weights: kpoints.map((point) => point.weight),
  };
}
