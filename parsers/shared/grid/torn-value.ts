/**
 * Whether the last number of a file that ends without a line end has lost digits.
 *
 * `0.17` is the rest of `0.17154071057E+01`. Programs write all numbers of a grid with the same count of digits, so one
 * that has fewer than all its neighbours, or a shorter exponent, or none, is torn. (G-formats move the decimal point:
 * digits are counted, not decimals.)
 */

import type { ByteScanner } from '../byte-scanner.ts';

/** Enough for ten columns of a grid. */
const TAIL_BYTES = 320;

/** Where the torn last word of the file starts; the size of the file when its last word is whole. */
export function tornNumberStart(scanner: ByteScanner): number {
  const start = Math.max(0, scanner.sizeBytes - TAIL_BYTES);
  const tail = scanner.text(start, scanner.sizeBytes);
  const wordStart = tail.length - (/\S*$/.exec(tail)?.[0].length ?? 0);
  const word = tail.slice(wordStart);
  return word !== '' && isTornNumber(tail.slice(0, wordStart), word) ? start + wordStart : scanner.sizeBytes;
}

interface Form {
  readonly digits: number;
  readonly exponent: number;
}

/** `before`: the text before it, whose words are its neighbours (the first of them may be cut itself). */
export function isTornNumber(before: string, text: string): boolean {
  const line = before.slice(before.search(/\s/));
  const neighbours = line
    .trim()
    .split(/\s+/)
    .slice(-10)
    .map(formOf)
    .filter((form) => form !== undefined);
  const form = formOf(text);
  if (form === undefined || neighbours.length === 0) return form === undefined;
  const exponents = neighbours.filter((neighbour) => neighbour.exponent > 0);
  if (form.exponent > 0) return exponents.some((neighbour) => neighbour.exponent > form.exponent);
  if (exponents.length === neighbours.length) return true;
  return form.digits < Math.min(...neighbours.map((neighbour) => neighbour.digits));
}

function formOf(text: string): Form | undefined {
  const match = /^[-+]?(\d*\.?\d*)(?:[EeDd]([-+]?\d*))?$/.exec(text);
  if (match === null) return undefined;
  const [, mantissa = '', exponent = ''] = match;
  return { digits: mantissa.replace('.', '').length, exponent: exponent.length };
}
