/**
 * ACF.dat of the Bader program (Henkelman group): electrons, distance to the surface and volume of each atom's basin.
 *
 * The mistakes avoided here: taking CHARGE for a net charge (it counts electrons), closing the gap that a starred row
 * leaves, so that all atoms behind it get their neighbour's charge, and reading the column of an old version without
 * volumes as one. The table is kept only when its rows are 1 … N without gaps, each with all its numbers; of a file that is
 * cut, the rows before the cut.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord, Place } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { BaderCharges } from '../model/sites.ts';
import { notTextRecord, unreadableRecord } from './shared/fault.ts';
import { rowNumbers } from './shared/fixed-columns.ts';
import { parseFortranNumber } from './shared/fortran-number.ts';
import { lineReader, placeOf, quoted, type TextLine, whereOf } from './shared/line-reader.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { type DecimalPattern, decimalPattern } from './shared/torn-number.ts';

const HEAD = /^\s*#\s+X\s+Y\s+Z\s+CHARGE\s+MIN[-_ ]?DIST(?:\s+(?:ATOMIC\s+)?VOL(?:UME)?)?\s*$/i;
const HEAD_LINE = new RegExp(HEAD.source, 'im');
const RULE = /^\s*-{5,}\s*$/;
/** A file with more faults than this is no table, and a list of them helps nobody. */
const MAX_FAULTS = 20;

const FOOTER = [
  { key: 'vacuumElectrons', label: /^\s*VACUUM CHARGE:/i },
  { key: 'vacuumVolumeAngstrom3', label: /^\s*VACUUM VOLUME:/i },
  { key: 'totalElectrons', label: /^\s*NUMBER OF ELECTRONS:/i },
] as const;
type FooterKey = (typeof FOOTER)[number]['key'];

export const acfParser: ParserDefinition = {
  format: 'acf',
  title: 'ACF.dat, the charges of a Bader analysis',
  matchesName: (name) => /(?:^|[._-])ACF.*\.dat$/i.test(name),
  matchesContent: (head) => HEAD_LINE.test(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('acf', source);
  if (notText !== undefined) return notText;
  const lines = lineReader(source, options);
  let head: TextLine | undefined;
  for (let line = lines.next(); line !== undefined && head === undefined; ) {
    if (HEAD.test(line.text)) head = line;
    else if (line.text.trim() !== '') break;
    else line = lines.next();
  }
  if (head === undefined) return unreadableRecord('acf', 'no table "# X Y Z CHARGE MIN DIST"');
  const table = newTable(/VOL/i.test(head.text));
  for (let line = lines.next(); line !== undefined && table.issues.length < MAX_FAULTS; line = lines.next()) {
    readLine(table, line);
  }
  return recordOf(table, lines.last() ?? head);
}

interface Table {
  readonly hasVolumes: boolean;
  readonly columns: number;
  /** All numbers row by row, without the row number. */
  readonly values: number[];
  readonly footer: Partial<Record<FooterKey, number>>;
  readonly places: Record<string, Place>;
  readonly issues: Issue[];
  readonly pattern: DecimalPattern;
  readonly totals: DecimalPattern;
  first?: TextLine;
  last?: TextLine;
  rows: number;
  /** A row is missing or no numbers. */
  isBroken: boolean;
  /** Behind the second rule. */
  isClosed: boolean;
  isCut: boolean;
}

function newTable(hasVolumes: boolean): Table {
  return {
    hasVolumes,
    columns: hasVolumes ? 6 : 5,
    values: [],
    footer: {},
    places: {},
    issues: [],
    pattern: decimalPattern(),
    totals: decimalPattern(),
    rows: 0,
    isBroken: false,
    isClosed: false,
    isCut: false,
  };
}

function readLine(table: Table, line: TextLine): void {
  if (line.text.trim() === '') return;
  const footer = FOOTER.find(({ label }) => label.test(line.text));
  if (footer !== undefined) {
    table.isClosed = true;
    readFooter(table, line, footer);
  } else if (RULE.test(line.text)) {
    // The first rule stands above the rows.
    if (table.rows > 0) table.isClosed = true;
  } else if (table.isClosed) {
    tell(table, line, 'the totals below the table');
  } else readRow(table, line);
}

function readRow(table: Table, line: TextLine): void {
  const numbers = rowNumbers(line.text, table.columns + 1);
  const [index, ...values] = numbers ?? [];
  const words = line.text.trim().split(/\s+/);
  const isRow = numbers !== undefined && index === table.rows + 1 && words.length <= table.columns + 1;
  if (!isRow || (!line.terminated && table.pattern.isCutShort(words.at(-1) ?? ''))) {
    table.isBroken ||= line.terminated;
    tell(table, line, `atom ${table.rows + 1} with ${table.columns} numbers`);
    return;
  }
  for (const word of words.slice(1)) table.pattern.add(word);
  table.values.push(...values);
  table.rows += 1;
  table.first ??= line;
  table.last = line;
}

function readFooter(table: Table, line: TextLine, { key, label }: (typeof FOOTER)[number]): void {
  const text = line.text.replace(label, '').trim();
  const value = parseFortranNumber(text);
  if (Number.isNaN(value) || (!line.terminated && isTornTotal(table, text))) {
    tell(table, line, 'one number');
    return;
  }
  table.totals.add(text);
  table.footer[key] = value;
  const start = line.start + line.text.lastIndexOf(text);
  table.places[`bader.${key}`] = { byteOffset: start, byteLength: text.length, line: line.number };
}

/** Totals have four decimals each; the only one of an old version has five. */
function isTornTotal({ footer, totals }: Table, text: string): boolean {
  return Object.keys(footer).length > 0 ? totals.isCutShort(text) : !/\.\d{5}$/.test(text);
}

/** What is wrong with the line: torn when the file ends in it. */
function tell(table: Table, line: TextLine, expected: string): void {
  const isNoNumber = /\*\*|\bnan\b|\binf/i.test(line.text);
  const code = !line.terminated ? 'E_TRUNCATED' : isNoNumber ? 'E_UNPARSEABLE' : 'E_SYNTAX';
  if (code === 'E_TRUNCATED') table.isCut = true;
  table.issues.push(issue(code, { expected, found: quoted(line.text) }, whereOf(line)));
}

function recordOf(table: Table, end: TextLine): FileRecord {
  const { first, last, isBroken } = table;
  const bader = isBroken ? undefined : chargesOf(table);
  const issues = [...table.issues, ...endIssues(table, end), ...(table.rows === 0 ? noRows(table, end) : [])];
  const places = { ...table.places };
  if (bader !== undefined && first !== undefined && last !== undefined) {
    for (const name of Object.keys(bader)) places[`bader.${name}`] ??= placeOf(first, last);
  }
  const isCut = issues.some(({ code }) => code === 'E_TRUNCATED' || code === 'W_TRUNCATED');
  return {
    format: 'acf',
    completeness: isCut ? 'truncated' : bader === undefined ? 'unreadable' : 'complete',
    ...(bader !== undefined && { bader }),
    places: bader === undefined ? {} : places,
    issues,
  };
}

/** A file that ends with a whole line may still end early. */
function endIssues({ isClosed, isCut, footer, issues, rows }: Table, end: TextLine): Issue[] {
  if (isCut || issues.length >= MAX_FAULTS || footer.totalElectrons !== undefined) return [];
  const where = { line: end.number, byteOffset: end.end };
  const found = `the end after ${rows} row(s)`;
  if (!isClosed) return [issue('E_TRUNCATED', { expected: 'a rule and the totals below the table', found }, where)];
  return issues.length > 0 ? [] : [issue('W_TRUNCATED', { expected: 'NUMBER OF ELECTRONS', found }, where)];
}

/** Head, rule and totals may all be there without a row between them. */
function noRows({ issues, isClosed }: Table, end: TextLine): Issue[] {
  if (issues.length > 0 || !isClosed) return [];
  return [issue('E_UNREADABLE', { reason: 'a table without rows' }, { line: end.number, byteOffset: end.end })];
}

/** Undefined when there is no row. */
function chargesOf({ values, rows, columns, hasVolumes, footer }: Table): BaderCharges | undefined {
  if (rows === 0) return undefined;
  const column = (at: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => values[row * columns + at] ?? Number.NaN);
  const cartesianAngstrom = Float64Array.from(
    { length: 3 * rows },
    (_, at) => values[Math.floor(at / 3) * columns + (at % 3)] ?? Number.NaN,
  );
  return {
    electrons: column(3),
    minimumDistancesAngstrom: column(4),
    ...(hasVolumes && { volumesAngstrom3: column(5) }),
    cartesianAngstrom,
    ...footer,
  };
}
