/**
 * Tells a number that lost its last digits with the end of the file from one that is merely short.
 *
 * `0.50` is a whole number when a hand wrote the file, and the rest of `0.5000000000` when a program did. A program
 * writes every number of a table alike, so a last number that is shorter than all others, which are alike, is torn.
 */
import type { ByteSource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import { type Issue, issue } from '../../model/issues.ts';
import { type TextLine, whereOf } from './line-reader.ts';

/** A last line without line end, which is common in files of hands and is also what a cut leaves: told, not refused. */
export function unterminated(last: TextLine | undefined): Issue[] {
  return last === undefined || last.terminated ? [] : [issue('I_UNTERMINATED', {}, whereOf(last))];
}

const NEWLINE = 10;

/**
 * The record of a file that is whole wherever one of its parts ends, and that ends inside a line: in the blanks before a
 * number that is gone, or behind a number that may be whole.
 */
export function toldUnterminated(source: ByteSource, record: FileRecord): FileRecord {
  const last = new Uint8Array(1);
  const { sizeBytes } = source;
  const isTold = record.completeness !== 'complete' || record.issues.some(({ code }) => code === 'W_TRUNCATED');
  if (isTold || source.read(last, sizeBytes - 1) < 1 || last[0] === NEWLINE) return record;
  return { ...record, issues: [...record.issues, issue('I_UNTERMINATED', {}, { byteOffset: sizeBytes })] };
}

/** How the numbers of a table are written, collected one by one. */
export interface DecimalPattern {
  readonly add: (text: string) => void;
  /** Whether all numbers so far are written alike and `text` is not, having lost digits at its end. */
  readonly isCutShort: (text: string) => boolean;
}

export function decimalPattern(): DecimalPattern {
  let common: Form | undefined;
  let uniform = true;
  return {
    add: (text) => {
      if (!uniform) return;
      const form = formOf(text);
      common ??= form;
      uniform = form.decimals === common.decimals && form.exponent === common.exponent;
    },
    isCutShort: (text) => {
      if (!uniform || common === undefined) return false;
      const form = formOf(text);
      if (form.decimals === common.decimals) return form.exponent < common.exponent;
      return form.decimals < common.decimals && form.exponent === 0;
    },
  };
}

/** Lengths with their mark: `7` → 0 and 0, `12.` → 1 and 0, `-.25E-03` → 3 and 4. */
interface Form {
  readonly decimals: number;
  readonly exponent: number;
}

function formOf(text: string): Form {
  const dot = text.indexOf('.');
  const letter = text.search(/[DdEe]/);
  const mantissaEnd = letter < 0 ? text.length : letter;
  return { decimals: dot < 0 ? 0 : mantissaEnd - dot, exponent: text.length - mantissaEnd };
}
