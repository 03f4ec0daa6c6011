/**
 * KPOINTS: how the Brillouin zone is sampled.
 *
 * Only the first letter of the third line counts, as in VASP. The mistake avoided here: listed Cartesian points are in
 * units of 2π/a of the POSCAR, so they are no fractional coordinates and are not stored as such. Points of a band path
 * are no sampling either. Source: VASP wiki, KPOINTS.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, KPoints } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Vector3 } from '../model/lattice.ts';
import { endedAfter, type Fault, faultAt, faultyRecord, isFault, lineOrFault, notTextRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import {
  type LineReader,
  leadingNumbers,
  lineReader,
  placeOf,
  quoted,
  type TextLine,
  whereOf,
  withoutComment,
} from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { decimalPattern, unterminated } from './shared/torn-number.ts';

/** More points than any calculation lists; a larger count is a misread file. */
const MAX_POINTS = 10_000_000;
/** Any first line but that of IBZKPT, a number of points, the kind of sampling. */
const THREE_LINES =
  /^(?!\s*Automatically generated mesh)[^\n]*\n[ \t]*\d+[ \t]*(?:[!#][^\n]*)?\r?\n[ \t]*(?:auto|gamma|monk|recip|cart|line|[gmarckl][ \t]*\r?\n)/i;
const NAMED_AS = fileNameMatcher(['KPOINTS']);

export const kpointsParser: ParserDefinition = {
  format: 'kpoints',
  title: 'KPOINTS, the sampling of the Brillouin zone',
  // KPOINTS_OPT and its like hold points for the band structure, not those of the energy.
  matchesName: (name) => NAMED_AS(name) && !/KPOINTS_(?:OPT|ELPH|WAN)/.test(name),
  matchesContent: (head) => THREE_LINES.test(head),
  parse,
};

/** What stands where a number was: stars, NaN, signs and digits that are none; but no word of a remark. */
const SPOILT_NUMBER = /^\s*(?:[^\sA-Za-z!#([]|nan\b|inf)/i;

interface Sampling {
  readonly kpoints: KPoints;
  readonly issues: readonly Issue[];
}

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('kpoints', source);
  if (notText !== undefined) return notText;
  const lines = lineReader(source, options);
  const comment = lineOrFault(lines, 'a comment line');
  if (isFault(comment)) return faultyRecord('kpoints', comment);
  const sampling = readSampling(lines);
  if (isFault(sampling)) return faultyRecord('kpoints', sampling);
  return {
    format: 'kpoints',
    completeness: 'complete',
    kpoints: sampling.kpoints,
    places: { kpoints: placeOf(comment, lines.last() ?? comment) },
    issues: [...sampling.issues, ...unterminated(lines.last())],
  };
}

function readSampling(lines: LineReader): Sampling | Fault {
  const countLine = lineOrFault(lines, 'a number of k-points');
  if (isFault(countLine)) return countLine;
  const [count] = numbersOf(countLine, 1);
  if (count === undefined || !Number.isInteger(count) || count > MAX_POINTS) {
    return faultAt(countLine, 'a number of k-points', quoted(countLine.text));
  }
  const mode = lineOrFault(lines, 'the kind of sampling');
  if (isFault(mode)) return mode;
  const letter = mode.text.trimStart().slice(0, 1).toLowerCase();
  if (count > 0) return letter === 'l' ? readLineMode(lines, mode) : readPoints(lines, mode, count);
  if (letter === 'a') return readLength(lines);
  if (letter === 'g') return readMesh(lines, 'gamma');
  if (letter === 'm') return readMesh(lines, 'monkhorst-pack');
  return readGeneratingLattice(lines, mode);
}

function readMesh(lines: LineReader, scheme: 'gamma' | 'monkhorst-pack'): Sampling | Fault {
  const line = lineOrFault(lines, 'three subdivisions');
  if (isFault(line)) return line;
  const [a, b, c] = numbersOf(line, 3);
  if (a === undefined || b === undefined || c === undefined || ![a, b, c].every(isSubdivision)) {
    return faultAt(line, 'three subdivisions, whole and positive', quoted(line.text));
  }
  const shift = readShift(lines);
  if (isFault(shift)) return shift;
  return { kpoints: { scheme, mesh: [a, b, c], ...(shift !== undefined && { shift }) }, issues: [] };
}

/** The optional last line of a mesh; undefined when there is none or only text. */
function readShift(lines: LineReader): Vector3 | Fault | undefined {
  const line = lines.next();
  if (line === undefined) return undefined;
  const [x, y, z] = numbersOf(line, 3);
  if (x === undefined && !SPOILT_NUMBER.test(line.text)) return undefined;
  return x === undefined || y === undefined || z === undefined
    ? faultAt(line, 'a shift of three numbers', quoted(line.text))
    : [x, y, z];
}

function readLength(lines: LineReader): Sampling | Fault {
  const line = lineOrFault(lines, 'a length');
  if (isFault(line)) return line;
  const [length] = numbersOf(line, 1);
  if (length === undefined || length <= 0) return faultAt(line, 'a positive length', quoted(line.text));
  return { kpoints: { scheme: 'automatic', automaticLengthAngstrom: length }, issues: [] };
}

function readGeneratingLattice(lines: LineReader, mode: TextLine): Sampling | Fault {
  for (let vector = 0; vector < 3; vector += 1) {
    const line = lineOrFault(lines, 'three generating vectors of the mesh');
    if (isFault(line)) return line;
    if (numbersOf(line, 3).length < 3) return faultAt(line, 'a generating vector of the mesh', quoted(line.text));
  }
  const shift = readShift(lines);
  if (isFault(shift)) return shift;
  const reason = 'the k-point mesh is given by generating vectors, which are not stored';
  return {
    kpoints: { scheme: 'automatic', ...(shift !== undefined && { shift }) },
    issues: [issue('W_NOT_STORED', { reason }, whereOf(mode))],
  };
}

function readPoints(lines: LineReader, mode: TextLine, count: number): Sampling | Fault {
  const points: Vector3[] = [];
  const weights: number[] = [];
  const pattern = decimalPattern();
  while (weights.length < count) {
    const line = lines.next();
    if (line === undefined) return endedAfter(lines, `${count} k-points`, `${weights.length} (file ends)`);
    const { values, spans } = leadingNumbers(withoutComment(line.text), 4);
    const [x, y, z, weight] = values;
    const written = line.text.slice(...(spans[3] ?? [0, 0]));
    const torn = !line.terminated && line.text.endsWith(written) && pattern.isCutShort(written);
    if (x === undefined || y === undefined || z === undefined || weight === undefined || torn) {
      return faultAt(line, `${count} k-points with weights`, `${weights.length}, then ${quoted(line.text)}`);
    }
    pattern.add(written);
    points.push([x, y, z]);
    weights.push(weight);
  }
  if (!/^\s*[ck]/i.test(mode.text)) return { kpoints: { scheme: 'explicit', fractional: points, weights }, issues: [] };
  const reason = 'the k-points are Cartesian, in units of 2π over the lattice constant; only their weights are stored';
  return { kpoints: { scheme: 'explicit', weights }, issues: [issue('W_NOT_STORED', { reason }, whereOf(mode))] };
}

function readLineMode(lines: LineReader, mode: TextLine): Sampling | Fault {
  let ends = 0;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (numbersOf(line, 3).length === 3) ends += 1;
  }
  if (ends < 2) return endedAfter(lines, 'the two ends of a line of k-points', `${ends} (file ends)`);
  const reason = 'the k-points are a path for a band structure; their ends are not stored';
  return { kpoints: { scheme: 'line' }, issues: [issue('W_NOT_STORED', { reason }, whereOf(mode))] };
}

function numbersOf(line: TextLine, count: number): readonly number[] {
  return leadingNumbers(withoutComment(line.text), count).values;
}

function isSubdivision(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_POINTS;
}
