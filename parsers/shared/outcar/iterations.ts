/**
 * The electronic iterations of an ionic step, by their lines `--- Iteration     12(   3)  ---`.
 *
 * Only the last iteration of a loop says something that is kept. Its predecessors are passed over as long as each is
 * followed by the next number about where the one before was; an appended run begins at another number, and the text
 * of an ionic step (forces, energies) is longer than the slack.
 */
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { MARKS } from './marks.ts';

export interface Iteration {
  readonly offset: number;
  /** NaN where the number overflowed its column. */
  readonly ionic: number;
  readonly electronic: number;
  /** End of the text of its line. */
  readonly lineEnd: number;
}

const ITERATION = needle(MARKS.iteration);
/** The number and its bracket stand in the first bytes of the line. */
const NUMBER_BYTES = 60;
/** The line's rulers end far before. */
const LINE_BYTES = 160;
/** `aborting loop`, one force, the energies and `LOOP+` of an ionic step are longer than this. */
const SLACK_BYTES = 512;
/** The first gap of a loop, whose length is not known: no iteration is shorter. */
const FIRST_GAP_BYTES = 1024;

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const ZERO = 48;
const NINE = 57;
const STAR = 42;
const OPENING_BRACKET = 40;
const CLOSING_BRACKET = 41;

/** The iteration whose line names it at `offset`; undefined when the text goes on otherwise. */
export function iterationAt(scanner: ByteScanner, offset: number): Iteration | undefined {
  const view = scanner.bytes(offset, offset + LINE_BYTES);
  const newline = view.indexOf(NEWLINE);
  const end = newline > 0 && view[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
  const limit = Math.min(end < 0 ? view.length : end, NUMBER_BYTES);
  const cursor = { at: ITERATION.length - 1, value: 0 };
  if (!readCount(view, limit, cursor) || view[cursor.at] !== OPENING_BRACKET) return undefined;
  const ionic = cursor.value;
  cursor.at += 1;
  if (!readCount(view, limit, cursor) || view[cursor.at] !== CLOSING_BRACKET || cursor.at >= limit) return undefined;
  const lineEnd = end < 0 ? scanner.line(offset).end : offset + end;
  return { offset, ionic, electronic: cursor.value, lineEnd };
}

/** Follows the loop of the last of these iterations and adds what it passes; returns the last one. */
export function lastOfLoop(scanner: ByteScanner, iterations: Iteration[]): Iteration {
  let last = iterations.at(-1) as Iteration; // the caller has just added one
  const previous = iterations.at(-2);
  let gap = previous === undefined ? FIRST_GAP_BYTES : last.offset - previous.offset;
  for (;;) {
    const at = scanner.indexOf(ITERATION, last.lineEnd, last.offset + gap + SLACK_BYTES + ITERATION.length);
    const next = at < 0 ? undefined : iterationAt(scanner, at);
    if (next === undefined || next.ionic !== last.ionic || next.electronic !== last.electronic + 1) return last;
    iterations.push(next);
    gap = next.offset - last.offset;
    last = next;
  }
}

/** A count behind blanks; NaN for stars. Returns false when there is none. */
function readCount(view: Uint8Array, limit: number, cursor: { at: number; value: number }): boolean {
  let at = cursor.at;
  while (at < limit && (view[at] === BLANK || view[at] === 9)) at += 1;
  const start = at;
  while (at < limit && view[at] === STAR) at += 1;
  if (at > start) {
    cursor.at = at;
    cursor.value = Number.NaN;
    return true;
  }
  let value = 0;
  for (; at < limit; at += 1) {
    const byte = view[at] as number; // in range
    if (byte < ZERO || byte > NINE) break;
    value = value * 10 + (byte - ZERO);
  }
  cursor.at = at;
  cursor.value = value;
  return at > start;
}
