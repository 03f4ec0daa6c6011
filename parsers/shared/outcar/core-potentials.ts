/**
 * `average (electrostatic) potential at core`: five ions in a line, `      44-100.2139      45 -99.8520`.
 *
 * The mistake avoided here: a potential below −100 eV touches the number of its ion and reads as one field. Numbers of
 * ions must count up, which also tells a wide number from a potential.
 */
import type { Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import { linesBehind, type TextLine } from './text-lines.ts';

export interface CorePotentials {
  /** eV, one for each ion. */
  readonly potentialsEv?: Float64Array;
  readonly place?: Place;
  readonly issues: readonly Issue[];
}

const TITLE = 'average (electrostatic) potential at core';
const TITLE_NEEDLE = needle(TITLE);
/** Stands behind the radii of the test charges, ten of which fill a line, and before the potentials. */
const NORM = 'the norm of the test charge';
const MAXIMUM_HEAD_LINES = 16;
const VALUE = /\s*(-?\d*\.\d+)(?=[\s(]|$)/y;

/** The last table in [from, to); `atoms`: ions it must have. */
export function readCorePotentials(
  scanner: ByteScanner,
  from: number,
  to: number,
  atoms: number | undefined,
): CorePotentials {
  const at = scanner.lastIndexOf(TITLE_NEEDLE, from, to);
  if (at < 0) return { issues: [] };
  const lines = linesBehind(scanner, at, to);
  if (!hasHead(lines)) return broken(at, 'none', atoms);
  const potentials: number[] = [];
  let start = at;
  let end = at;
  let isClosed = false;
  for (const line of lines) {
    isClosed = !/^[\s(]*\d/.test(line.text);
    if (isClosed) break;
    const row = rowOf(line.text.trimEnd(), potentials.length + 1);
    if (row === undefined) return broken(line.start, line.text, atoms);
    if (potentials.length === 0) start = line.start;
    end = line.end;
    potentials.push(...row);
  }
  const isWhole = isClosed && potentials.length === (atoms ?? Math.max(1, potentials.length));
  if (!isWhole) return broken(at, `${potentials.length} potential(s)`, atoms);
  const place = { byteOffset: start, byteLength: end - start };
  return { potentialsEv: Float64Array.from(potentials), place, issues: [] };
}

function hasHead(lines: Iterator<TextLine>): boolean {
  for (let skipped = 0; skipped < MAXIMUM_HEAD_LINES; skipped += 1) {
    const line = lines.next();
    if (line.done === true) return false;
    if (line.value.text.includes(NORM)) return true;
  }
  return false;
}

/** Potentials of a row that begins with ion `first`; undefined when it is damaged. */
function rowOf(text: string, first: number): number[] | undefined {
  const values: number[] = [];
  let at = 0;
  while (at < text.length) {
    const ion = /^[\s(]*/.exec(text.slice(at))?.[0].length ?? 0;
    const number = String(first + values.length);
    if (!text.startsWith(number, at + ion)) return undefined;
    const behind = at + ion + number.length;
    VALUE.lastIndex = text[behind] === ')' ? behind + 1 : behind;
    const match = VALUE.exec(text);
    const value = parseFortranNumber(match?.[1] ?? '');
    if (Number.isNaN(value)) return undefined;
    values.push(value);
    at = VALUE.lastIndex;
  }
  return values;
}

function broken(byteOffset: number, found: string, atoms: number | undefined): CorePotentials {
  const details = { expected: `the potentials of ${atoms ?? 'all'} ions`, found: found.trim().slice(0, 120) };
  return { issues: [issue('W_UNPARSEABLE', details, { byteOffset, block: TITLE })] };
}
