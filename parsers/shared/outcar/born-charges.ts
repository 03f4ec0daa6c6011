/**
 * `BORN EFFECTIVE CHARGES (in e, cummulative output)`: three rows for each ion; the row is the direction of the field.
 *
 * VASP 6 and finite fields name them `(including local field effects) (in |e|, …)`, and print a second table without local
 * fields, which is another quantity. The table of one direction (`BORN EFFECTIVE CHARGE    (rigid.aug.   ionic)`) is a
 * contribution.
 */
import type { Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Matrix3, Vector3 } from '../../../model/lattice.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { linesBehind, type TextLine } from './text-lines.ts';

export interface BornCharges {
  /** One for each ion, e. */
  readonly chargesE?: readonly Matrix3[];
  readonly place?: Place;
  readonly issues: readonly Issue[];
}

const TITLE = 'BORN EFFECTIVE CHARGES (';
const TITLE_NEEDLE = needle(TITLE);
const WITHOUT_LOCAL_FIELDS = 'excluding';
const COLUMNS = 4;

/** The last table in [from, to); `atoms`: ions it must have. */
export function readBornCharges(
  scanner: ByteScanner,
  from: number,
  to: number,
  atoms: number | undefined,
): BornCharges {
  let at = scanner.lastIndexOf(TITLE_NEEDLE, from, to);
  while (at >= 0) {
    const title = scanner.text(at, Math.min(to, at + 120)).split('\n', 1)[0] ?? '';
    if (!title.includes(WITHOUT_LOCAL_FIELDS)) return readTable(scanner, at, to, atoms);
    at = scanner.lastIndexOf(TITLE_NEEDLE, from, at);
  }
  return { issues: [] };
}

function readTable(scanner: ByteScanner, at: number, to: number, atoms: number | undefined): BornCharges {
  const lines = linesBehind(scanner, at, to);
  lines.next(); // the ruler
  const charges: Matrix3[] = [];
  let start = at;
  let end = at;
  let line = lines.next();
  while (line.done !== true && isIon(line.value.text, charges.length + 1)) {
    if (charges.length === 0) start = line.value.start;
    const rows: Vector3[] = [];
    for (let direction = 1; direction <= 3; direction += 1) {
      line = lines.next();
      const row = line.done === true ? undefined : rowOf(line.value, direction);
      if (line.done === true || row === undefined) return broken(at, charges.length, line.value);
      rows.push(row);
      end = line.value.end;
    }
    const [x, y, z] = rows;
    if (x !== undefined && y !== undefined && z !== undefined) charges.push([x, y, z]);
    line = lines.next();
  }
  const isWhole = atoms === undefined ? line.done !== true && charges.length > 0 : charges.length === atoms;
  if (!isWhole) return broken(at, charges.length, line.done === true ? undefined : line.value);
  return { chargesE: charges, place: { byteOffset: start, byteLength: end - start }, issues: [] };
}

/** ` ion    1`, whose number runs into the word or into stars in large cells. */
function isIon(text: string, number: number): boolean {
  const found = /^\s*ion\s*(\d+|\*+)\s*$/.exec(text)?.[1];
  return found !== undefined && (found.startsWith('*') || Number(found) === number);
}

function rowOf(line: TextLine, direction: number): Vector3 | undefined {
  const [number, x, y, z] = rowNumbers(line.text, COLUMNS) ?? [];
  return number === direction && x !== undefined && y !== undefined && z !== undefined ? [x, y, z] : undefined;
}

function broken(at: number, ions: number, line: TextLine | undefined): BornCharges {
  const found = `${ions} ion(s)${line === undefined ? '' : `, then "${line.text.trim().slice(0, 80)}"`}`;
  const where = { byteOffset: line?.start ?? at, block: TITLE.slice(0, -2) };
  return { issues: [issue('W_UNPARSEABLE', { expected: 'three rows of charges for each ion', found }, where)] };
}
