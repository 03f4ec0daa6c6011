/**
 * Numbers that stand behind a label on the same line.
 */
import type { Place } from '../../../model/calculation.ts';
import type { ByteScanner } from '../byte-scanner.ts';

/** Offset of the last occurrence of `label` in [from, to); −1 if there is none. */
export function lastOccurrence(scanner: ByteScanner, label: Uint8Array, from: number, to: number): number {
  let last = -1;
  let at = scanner.indexOf(label, from, to);
  while (at >= 0) {
    last = at;
    at = scanner.indexOf(label, at + label.length, to);
  }
  return last;
}

/** First field behind an optional `=` or `:`; NaN when it is no number, undefined when the line ends before it. */
export function valueBehind(scanner: ByteScanner, at: number, to: number): { value: number; place: Place } | undefined {
  const line = scanner.line(at, to);
  const lead = /^\s*[=:]?\s*/.exec(scanner.text(at, Math.min(line.end, at + 80)))?.[0].length ?? 0;
  const start = at + lead;
  const cursor = { end: start, value: 0 };
  if (!scanner.number(start, line.end, cursor)) return undefined;
  return { value: cursor.value, place: { byteOffset: start, byteLength: cursor.end - start } };
}

/** The leading numbers behind the last occurrence of a label, up to the first field that is none. */
export function numbersBehindLast(scanner: ByteScanner, label: Uint8Array, from: number, to: number): number[] {
  const at = lastOccurrence(scanner, label, from, to);
  if (at < 0) return [];
  const values = scanner.numbers(at + label.length, scanner.line(at, to).end, 6);
  const bad = values.findIndex(Number.isNaN);
  return bad < 0 ? values : values.slice(0, bad);
}
