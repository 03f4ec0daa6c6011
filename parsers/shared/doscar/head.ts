/**
 * The sixth line of DOSCAR, repeated above every projected block: `EMAX EMIN NEDOS EFERMI 1.0`.
 *
 * The mistake avoided here: `-5.9178188710001` is EMIN −5.91781887 and NEDOS 10001. Energies have eight decimals and
 * NEDOS five columns, stars past them; then the table itself tells its length.
 */
import type { Place } from '../../../model/calculation.ts';
import { type Fault, faultAt, isFault, lineOrFault } from '../fault.ts';
import { readFiveLineHead } from '../five-line-head.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import { type LineReader, quoted } from '../line-reader.ts';

export interface DoscarHead {
  /** Projected blocks that the first line announces: one for each ion. */
  readonly projectedBlockCount?: number;
  /** NCDIJ: 1, 2, of a non-collinear run 4; some versions print 0. */
  readonly densities: number;
  /** NEDOS; absent when it overflowed its column. */
  readonly rows?: number;
  readonly fermiEnergyEv?: number;
  readonly fermiPlace: Place;
  /** The line itself, by which the projected blocks are found. */
  readonly text: string;
}

const ENERGY = String.raw`[-+]?\d*\.\d{8}|\*{16}`;
export const SIXTH_LINE = new RegExp(
  String.raw`^\s*(?:${ENERGY})\s*(?:${ENERGY})\s*(\d{1,8}?|\*{5})\s*(${ENERGY}|NaN)\s+[\d.]+\s*$`,
  'd',
);

export function readDoscarHead(lines: LineReader): DoscarHead | Fault {
  const head = readFiveLineHead(lines);
  if (isFault(head)) return head;
  const expected = 'EMAX, EMIN, NEDOS and the Fermi energy';
  const line = lineOrFault(lines, expected);
  if (isFault(line)) return line;
  const match = line.terminated ? SIXTH_LINE.exec(line.text) : null;
  const [from, to] = match?.indices?.[2] ?? [];
  if (match === null || from === undefined || to === undefined) return faultAt(line, expected, quoted(line.text));
  const rows = parseFortranNumber(match[1] ?? '');
  const fermiEnergyEv = parseFortranNumber(match[2] ?? '');
  if (rows < 1) return faultAt(line, 'at least one energy (NEDOS)', `${rows}`);
  return {
    ...(head.third === 1 && head.ions !== undefined && { projectedBlockCount: head.ions }),
    densities: head.fourth,
    ...(Number.isFinite(rows) && { rows }),
    ...(Number.isFinite(fermiEnergyEv) && { fermiEnergyEv }),
    fermiPlace: { byteOffset: line.start + from, byteLength: to - from, line: line.number },
    text: line.text,
  };
}
