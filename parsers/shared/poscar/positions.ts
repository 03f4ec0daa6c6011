/**
 * Positions and selective-dynamics flags of a POSCAR.
 *
 * The mistakes avoided here: a third coordinate that lost its last digits with the end of the file is no coordinate, and
 * the symbol behind the numbers (`0.5 0.5 0.5 Fe`) is no flag `F`. Flags belong to lattice vectors (SCIENCE §1.8). Direct
 * coordinates are not wrapped into the cell.
 */
import { toCartesian, type Vector3 } from '../../../model/lattice.ts';
import { endedAfter, type Fault, faultAt, isFault, lineOrFault } from '../fault.ts';
import { parseFortranLogical } from '../fortran-number.ts';
import {
  type LeadingNumbers,
  type LineReader,
  leadingNumbers,
  quoted,
  type TextLine,
  withoutComment,
} from '../line-reader.ts';
import { type DecimalPattern, decimalPattern } from '../torn-number.ts';
import { type Cell, scaled } from './cell.ts';

export interface Positions {
  /** Length 3N, Å. */
  readonly cartesianAngstrom: Float64Array;
  /** Length 3N, 1 = free; absent without `Selective dynamics`. */
  readonly selectiveDynamics?: Uint8Array;
  /** First word behind the numbers and flags of each atom, '' where there is none. */
  readonly symbols: readonly string[];
  readonly firstLine: TextLine;
  readonly lastLine: TextLine;
}

interface Mode {
  readonly selective: boolean;
  readonly cartesian: boolean;
}

interface Row {
  readonly coordinates: Vector3;
  readonly flags: readonly boolean[];
  readonly symbol: string;
}

export function readPositions(lines: LineReader, cell: Cell, atoms: number): Positions | Fault {
  const mode = readMode(lines);
  if (isFault(mode)) return mode;
  // Grown row by row: the count is the file's claim, and a wrong one must not ask for its memory.
  const cartesian: number[] = [];
  const flags: number[] = [];
  const symbols: string[] = [];
  const pattern = decimalPattern();
  let firstLine: TextLine | undefined;
  for (let atom = 0; atom < atoms; atom += 1) {
    const line = lines.next();
    if (line === undefined) return endedAfter(lines, `${atoms} positions`, `${atom} (file ends)`);
    firstLine ??= line;
    const row = readRow(line, mode, pattern);
    if (row === undefined)
      return faultAt(line, `${atoms} positions`, `${atom}, then ${quoted(line.text)}`, codeOf(line));
    cartesian.push(...toAngstrom(row.coordinates, mode, cell));
    for (const flag of row.flags) flags.push(flag ? 1 : 0);
    symbols.push(row.symbol);
  }
  const lastLine = lines.last();
  if (firstLine === undefined || lastLine === undefined) return endedAfter(lines, 'positions');
  if (!cartesian.every(Number.isFinite)) return faultAt(lastLine, 'finite positions', 'an overflow', 'E_UNPARSEABLE');
  return {
    cartesianAngstrom: Float64Array.from(cartesian),
    ...(mode.selective && { selectiveDynamics: Uint8Array.from(flags) }),
    symbols,
    firstLine,
    lastLine,
  };
}

function readMode(lines: LineReader): Mode | Fault {
  const first = lineOrFault(lines, '"Direct" or "Cartesian"');
  if (isFault(first)) return first;
  const selective = /^\s*s/i.test(first.text);
  const line = selective ? lineOrFault(lines, '"Direct" or "Cartesian"') : first;
  if (isFault(line)) return line;
  // VASP takes anything that is not Cartesian as direct; a number there means that the line is missing.
  if (/^\s*[-+.\d]/.test(line.text)) return faultAt(line, '"Direct" or "Cartesian"', quoted(line.text));
  return { selective, cartesian: /^\s*[ck]/i.test(line.text) };
}

/** One atom; undefined when the line does not hold all that the mode asks for. */
function readRow(line: TextLine, mode: Mode, pattern: DecimalPattern): Row | undefined {
  const numbers = leadingNumbers(withoutComment(line.text), 3);
  const [x, y, z] = numbers.values;
  if (x === undefined || y === undefined || z === undefined) return undefined;
  if (isTorn(line, numbers, pattern)) return undefined;
  const words = numbers.rest.trim().split(/\s+/);
  const flags = mode.selective ? words.slice(0, 3).map(parseFortranLogical) : [];
  const known = flags.filter((flag) => flag !== undefined);
  if (mode.selective && known.length < 3) return undefined;
  return { coordinates: [x, y, z], flags: known, symbol: words[flags.length] ?? '' };
}

/** Whether the file ends in the middle of the third coordinate: all numbers before have more decimals. */
function isTorn(line: TextLine, numbers: LeadingNumbers, pattern: DecimalPattern): boolean {
  const spans = numbers.spans.map(([start, end]) => line.text.slice(start, end));
  const last = spans.pop() ?? '';
  for (const text of spans) pattern.add(text);
  const endsWithNumber = line.text.endsWith(last);
  if (!line.terminated && endsWithNumber && pattern.isCutShort(last)) return true;
  pattern.add(last);
  return false;
}

function toAngstrom(coordinates: Vector3, mode: Mode, cell: Cell): Vector3 {
  return mode.cartesian ? scaled(coordinates, cell.scale) : toCartesian(coordinates, cell.latticeAngstrom);
}

/** Stars and the like are unparseable; a line with too few fields is a matter of syntax. */
function codeOf(line: TextLine): 'E_UNPARSEABLE' | 'E_SYNTAX' {
  return /\*\*|nan|inf/i.test(line.text) ? 'E_UNPARSEABLE' : 'E_SYNTAX';
}
