/**
 * The statements of an INCAR, as text: `TAG = value`, several of them in a line parted by `;`, comments behind `#` or
 * `!`, lines continued with `\`, and in VASP 6 values in quotes over many lines and groups `KERNEL { X = 1 }`, whose tags
 * are called `KERNEL/X`.
 *
 * The mistake avoided here: a quoted text may hold `#`, `!`, `;` and `=` that mean nothing. Text that fits no statement
 * is skipped. Source: VASP wiki, INCAR.
 */
import { type Issue, issue } from '../../../model/issues.ts';

export interface Statement {
  /** Upper case, groups before it: `KERNEL/X`. */
  readonly tag: string;
  /** Without quotes and comments; continued lines are joined by a blank. */
  readonly value: string;
  /** [start, end) of the value in the text. */
  readonly start: number;
  readonly end: number;
  /** Line on which the value starts, from 1. */
  readonly line: number;
}

export interface Statements {
  readonly found: readonly Statement[];
  /** Set when the text ends inside a statement. */
  readonly torn?: Issue;
}

interface Reading {
  readonly text: string;
  readonly found: Statement[];
  readonly groups: string[];
  torn: Issue | undefined;
  at: number;
}

const TAG = /^[A-Za-z][A-Za-z0-9_/]*$/;

export function statements(text: string): Statements {
  const reading: Reading = { text, found: [], groups: [], torn: undefined, at: 0 };
  while (reading.at < text.length && reading.torn === undefined) readStatement(reading);
  const group = reading.groups.at(-1);
  if (group !== undefined && reading.torn === undefined) {
    reading.torn = tornAt(text, text.length, `a "}" that ends ${group}`, 'the end of the file');
  }
  return { found: numbered(reading.found, text), ...(reading.torn !== undefined && { torn: reading.torn }) };
}

function readStatement(reading: Reading): void {
  const { text, groups } = reading;
  const start = reading.at;
  const stop = find(text, start, /[=;\n#!{}]/g);
  const head = text.slice(start, stop).trim();
  const mark = text[stop];
  reading.at = stop + 1;
  if (mark === '#' || mark === '!') reading.at = find(text, stop, /\n/g) + 1;
  else if (mark === '}') groups.pop();
  else if (mark === '{' && TAG.test(head)) groups.push(head.toUpperCase());
  else if (mark === '{') reading.at = find(text, stop, /\n/g) + 1;
  else if (mark === '=') readValue(reading, TAG.test(head) ? [...groups, head.toUpperCase()].join('/') : undefined);
}

/** Reads the value behind `=`; without a tag it only skips it. */
function readValue(reading: Reading, tag: string | undefined): void {
  const { text } = reading;
  const start = find(text, reading.at, /[^ \t]/g);
  if (text[start] === '"') {
    const close = text.indexOf('"', start + 1);
    if (close < 0) {
      reading.torn = tornAt(text, start, `a quote that ends the value of ${tag ?? 'a tag'}`, 'the end of the file');
      return;
    }
    reading.at = endOfPlainValue(reading, close + 1).next;
    add(reading, tag, text.slice(start + 1, close), start, close + 1);
    return;
  }
  const { value, end, next, open } = endOfPlainValue(reading, start);
  reading.at = next;
  if (tag !== undefined && (open || (value === '' && next > text.length))) {
    reading.torn = tornAt(text, start, `the value of ${tag}`, 'the end of the file');
    return;
  }
  add(reading, tag, value, start, end);
}

interface PlainValue {
  readonly value: string;
  readonly end: number;
  /** Past the end of the text when nothing closed the value. */
  readonly next: number;
  /** The text ends where a continued line should go on. */
  readonly open: boolean;
}

function endOfPlainValue(reading: Reading, start: number): PlainValue {
  const { text } = reading;
  const stops = reading.groups.length > 0 ? /[;\n#!}]/g : /[;\n#!]/g;
  let value = '';
  for (let from = start; ; ) {
    const stop = find(text, from, stops);
    const mark = text[stop];
    const part = text.slice(from, stop).trimEnd();
    const lineEnd = mark === '#' || mark === '!' ? find(text, stop, /\n/g) : stop;
    const continued = part.endsWith('\\') && mark !== ';' && mark !== '}';
    if (continued && lineEnd < text.length) {
      value += `${part.slice(0, -1)} `;
      from = lineEnd + 1;
      continue;
    }
    const open = continued || (from === text.length && from > start);
    const next = mark === '}' ? stop : lineEnd + 1;
    return { value: (value + part).trim(), end: Math.max(from + part.length, start), next, open };
  }
}

function add(reading: Reading, tag: string | undefined, value: string, start: number, end: number): void {
  if (tag !== undefined) reading.found.push({ tag, value, start, end, line: 0 });
}

/** Position of the next match from `from` on; the end of the text when there is none. */
function find(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function numbered(found: readonly Statement[], text: string): Statement[] {
  let line = 1;
  let at = 0;
  return found.map((statement) => {
    line += newlines(text, at, statement.start);
    at = statement.start;
    return { ...statement, line };
  });
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function tornAt(text: string, offset: number, expected: string, found: string): Issue {
  return issue('E_TRUNCATED', { expected, found }, { line: 1 + newlines(text, 0, offset), byteOffset: offset });
}
