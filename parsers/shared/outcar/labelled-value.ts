/**
 * Numbers that stand behind a label on the same line.
 *
 * The mistake avoided here: a file that ends inside `TOTEN  =  -12.3456` holds a number that looks whole. Only lines
 * with their line end are read; a torn last line counts as not there.
 */
import type { Place } from '../../../model/calculation.ts';
import type { ByteScanner, Line } from '../byte-scanner.ts';
import { MARKS, type MarkList, type MarkName } from './marks.ts';

/** Nobody prints longer lines than this in the blocks that are read; a damaged file may hold anything. */
const MAXIMUM_LINE_BYTES = 4096;

export interface LabelledLine {
  /** Offset of the label. */
  readonly at: number;
  /** Offset behind the label. */
  readonly behind: number;
  /** End of the line's text. */
  readonly end: number;
}

/** The line that starts at `start`; not `terminated` when it is torn or longer than any line of VASP. */
export function boundedLine(scanner: ByteScanner, start: number, to = scanner.sizeBytes): Line {
  return scanner.line(start, Math.min(to, start + MAXIMUM_LINE_BYTES));
}

/** The last mark that was noted when the file was walked; undefined when there is none or its line is torn. */
export function lastMarked(
  scanner: ByteScanner,
  marks: MarkList,
  name: MarkName,
  region: { readonly from: number; readonly to: number },
): LabelledLine | undefined {
  const last = marks.last(name, region.from, region.to);
  return last < 0 ? undefined : labelledAt(scanner, last, MARKS[name], region.to);
}

/** The label that stands at `at`; undefined when its line is torn. */
export function labelledAt(
  scanner: ByteScanner,
  at: number,
  label: Uint8Array | string,
  to = scanner.sizeBytes,
): LabelledLine | undefined {
  const behind = at + label.length;
  const line = boundedLine(scanner, behind, to);
  return line.terminated ? { at, behind, end: line.end } : undefined;
}

/** First field behind an optional `=` or `:`; NaN when it is no number, undefined when the line ends before it. */
export function valueBehind(
  scanner: ByteScanner,
  label: LabelledLine,
): { readonly value: number; readonly place: Place } | undefined {
  const text = scanner.text(label.behind, Math.min(label.end, label.behind + 80));
  const start = label.behind + (/^\s*[=:]?\s*/.exec(text)?.[0].length ?? 0);
  const cursor = { end: start, value: 0 };
  if (!scanner.number(start, label.end, cursor)) return undefined;
  return { value: cursor.value, place: { byteOffset: start, byteLength: cursor.end - start } };
}

/** The leading numbers behind a label, up to the first field that is none. */
export function numbersBehind(scanner: ByteScanner, label: LabelledLine | undefined): number[] {
  if (label === undefined) return [];
  const values = scanner.numbers(label.behind, label.end, 6);
  const bad = values.findIndex(Number.isNaN);
  return bad < 0 ? values : values.slice(0, bad);
}
