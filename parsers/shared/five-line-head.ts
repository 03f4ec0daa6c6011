/**
 * The first five lines of EIGENVAL and DOSCAR: counts; volume and lattice lengths; a temperature; `CAR`; the name of the
 * system. Only the last two counts tell something of the table below.
 *
 * The mistake avoided here: counting fields from the left. The numbers of ions have four or five columns and touch from
 * 1000 or 10000 ions on; the last two counts have one digit. Source: VASP wiki, EIGENVAL and DOSCAR.
 */
import { type Fault, faultAt, isFault, lineOrFault } from './fault.ts';
import { type LineReader, quoted, type TextLine } from './line-reader.ts';

export interface FiveLineHead {
  /** Number of ions; absent when the columns touch. */
  readonly ions?: number;
  /** The third and fourth count, whatever they mean in this file. */
  readonly third: number;
  readonly fourth: number;
}

const COUNTS = /(\d|\*)\s+(\d)\s*$/;

export function readFiveLineHead(lines: LineReader): FiveLineHead | Fault {
  const counts = lineOrFault(lines, 'four counts');
  if (isFault(counts)) return counts;
  const match = /^[\d*\s]+$/.test(counts.text) ? COUNTS.exec(counts.text) : null;
  if (match === null || !counts.terminated) return faultAt(counts, 'four counts', quoted(counts.text));
  let line: TextLine | Fault = counts;
  for (const expected of ['volume and lattice lengths', 'a temperature', '"CAR"', 'the name of the system']) {
    line = lineOrFault(lines, expected);
    if (isFault(line)) return line;
    if (!line.terminated || (expected === '"CAR"' && line.text.trim() !== 'CAR')) {
      return faultAt(line, expected, quoted(line.text));
    }
  }
  const ions = /^\s*(\d+)\s+\1\s/.exec(counts.text)?.[1];
  return { ...(ions !== undefined && { ions: Number(ions) }), third: Number(match[1]), fourth: Number(match[2]) };
}

/** Counts, numbers, a temperature, `CAR`, a name, then a line that fits `sixth`. */
export function beginsWithFiveLineHead(head: string, sixth: RegExp): boolean {
  const lines = head.split(/\r?\n/, 6);
  return /^[\d* ]+$/.test(lines[0] ?? '') && /^\s*CAR\s*$/.test(lines[3] ?? '') && sixth.test(lines[5] ?? '');
}
