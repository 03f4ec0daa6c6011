/**
 * The tables ` total charge` and ` magnetization (x|y|z)`: a row for each ion with its s, p, d, f and total.
 *
 * The mistake avoided here: the last number of a row is the total only when the row has all of its columns. The head line
 * says how many; a row with fewer, with stars or out of order makes the table unusable, since a missing moment would be
 * taken for another one. A table of one atom has no closing ruler.
 */
import type { Place } from '../../../model/calculation.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { parseFortranNumber, readNumbers } from '../fortran-number.ts';
import { readAlignedTable } from './aligned-site-table.ts';
import { linesBehind, type TextLine } from './text-lines.ts';

export interface SiteTable {
  /** Column `tot`, one for each ion; absent when a row is damaged. */
  readonly totals?: Float64Array;
  readonly place: Place;
  /** First damaged row. */
  readonly damaged?: TextLine;
}

/** Lines between the title and the first ion: blank, head line, ruler. */
const MAXIMUM_HEAD_LINES = 4;
const HEAD = /^#\s*of ion\s+(\S.*)$/;
/** What may stand behind the last row; anything else was a row. */
const CLOSING = /^(?:-.*|tot\b.*)?$/;

/** The table whose title stands at `title`; undefined when the end of the file cuts it or nothing like a table follows. */
export function readSiteTable(scanner: ByteScanner, title: number, to: number): SiteTable | undefined {
  const lines = linesBehind(scanner, title, to);
  const columns = columnsOf(lines);
  if (columns === undefined) return undefined;
  return readAlignedTable(scanner, title, { columns, to }) ?? readAnyTable(lines, title, columns);
}

/** Row by row in whatever form they are, with the first damaged one. */
function readAnyTable(lines: Iterable<TextLine>, title: number, columns: number): SiteTable | undefined {
  const totals: number[] = [];
  let first: number | undefined;
  let end = title;
  let damaged: TextLine | undefined;
  for (const line of lines) {
    const total = totalOf(line.text, totals.length + 1, columns);
    if (total === undefined) {
      const text = line.text.trim();
      if (first === undefined && text.startsWith('--')) continue;
      if (!CLOSING.test(text)) damaged ??= line;
      const place = { byteOffset: first ?? title, byteLength: end - (first ?? title) };
      if (damaged !== undefined) return { place, damaged };
      return totals.length > 0 ? { totals: Float64Array.from(totals), place } : undefined;
    }
    if (Number.isNaN(total)) damaged ??= line;
    first ??= line.start;
    end = line.end;
    totals.push(total);
  }
  // The line behind the last row is not there: the table may be cut.
  return undefined;
}

/** Number of columns behind the ion, from the head line. */
function columnsOf(lines: Iterator<TextLine>): number | undefined {
  for (let skipped = 0; skipped < MAXIMUM_HEAD_LINES; skipped += 1) {
    const line = lines.next();
    if (line.done === true) return undefined;
    const names = HEAD.exec(line.value.text.trimStart())?.[1];
    if (names !== undefined) return names.trim().split(/\s+/).length;
  }
  return undefined;
}

/** Total of ion `number`; NaN when its row is damaged, undefined when the line is no row. */
function totalOf(text: string, number: number, columns: number): number | undefined {
  const [, index, rest] = /^\s*(\d+|\*+)(.*)$/.exec(text) ?? [];
  if (index === undefined || rest === undefined || !/[\d*]/.test(rest)) return undefined;
  // The number of the ion touches nothing: a column of moments begins with a blank or a sign.
  if (!index.startsWith('*') && parseFortranNumber(index) !== number) return Number.NaN;
  const bytes = Buffer.from(rest, 'latin1');
  const values = readNumbers(bytes, 0, bytes.length, columns + 1);
  const total = values.at(-1);
  return values.length === columns && values.every(Number.isFinite) && total !== undefined ? total : Number.NaN;
}
