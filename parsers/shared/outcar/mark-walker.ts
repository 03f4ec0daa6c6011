/**
 * Walks an OUTCAR from mark to mark, once and forward, and jumps over tables.
 *
 * A run prints its steps alike: the eigenvalues between `E-fermi` and `aborting loop`, the moments, the force
 * contributions have the length they had in the step before. So after each mark the next one is first looked for where
 * it stood the last time; only when it is not there to the byte, the text between is searched. The mistake avoided
 * here: trusting a length. A cut, damaged or appended run does not land, and is searched in full.
 */
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { MARKS, type Mark, type MarkName } from './marks.ts';

export interface MarkWalker {
  /** The next mark; undefined at the end of the file. */
  readonly next: () => Mark | undefined;
  /** Goes on behind this mark, which lies further on and was found in another way. */
  readonly continueBehind: (mark: Mark) => void;
}

/** Nearer marks are found by the search of the text that is at hand. */
const SHORTEST_JUMP_BYTES = 64;
/** After so many landings beside the mark in a row the gaps behind this mark are of no fixed length. */
const MAXIMUM_MISSES = 4;
/** Searched at once: little behind a jump, where the next mark is near, more where none is found. */
const SMALLEST_PIECE_BYTES = 4 * 1024;
const LARGEST_PIECE_BYTES = 64 * 1024;

interface Gap {
  readonly to: MarkName;
  readonly bytes: number;
  misses: number;
}

// The keys of MARKS are exactly the mark names.
const NAMES = Object.keys(MARKS) as readonly MarkName[];
const NAME_OF_TEXT = new Map<string, MarkName>(NAMES.map((name) => [MARKS[name], name]));
const NEEDLES = new Map(NAMES.map((name) => [name, needle(MARKS[name])]));
const LONGEST_MARK_BYTES = Math.max(...NAMES.map((name) => MARKS[name].length));
const ANY_MARK = NAMES.map((name) => MARKS[name].replaceAll(/[.()+]/g, '\\$&')).join('|');

export function markWalker(scanner: ByteScanner, from: number): MarkWalker {
  const gaps = new Map<MarkName, Gap>();
  const search = markSearch(scanner, from);
  let last: Mark | undefined;

  const jumped = (): Mark | undefined => {
    const gap = last === undefined ? undefined : gaps.get(last.name);
    if (last === undefined || gap === undefined) return undefined;
    if (gap.bytes < SHORTEST_JUMP_BYTES || gap.misses >= MAXIMUM_MISSES) return undefined;
    const offset = last.offset + gap.bytes;
    const landed = scanner.startsWith(NEEDLES.get(gap.to) ?? NEVER, offset);
    gap.misses = landed ? 0 : gap.misses + 1;
    return landed ? { name: gap.to, offset } : undefined;
  };
  const continueBehind = (mark: Mark): void => {
    last = mark;
    search.continueAt(mark.offset + MARKS[mark.name].length);
  };
  const next = (): Mark | undefined => {
    const near = jumped();
    const mark = near ?? search.next();
    if (mark === undefined) return undefined;
    if (near === undefined && last !== undefined) {
      const misses = gaps.get(last.name)?.misses ?? 0;
      gaps.set(last.name, { to: mark.name, bytes: mark.offset - last.offset, misses });
    }
    continueBehind(mark);
    return mark;
  };
  return { next, continueBehind };
}

const NEVER = needle('\0');

/** Searches the text for any mark, piece by piece. */
function markSearch(scanner: ByteScanner, from: number) {
  const pattern = new RegExp(ANY_MARK, 'g');
  let piece = '';
  let pieceStart = 0;
  let pieceBytes = SMALLEST_PIECE_BYTES;
  let at = from;
  const continueAt = (offset: number): void => {
    if (offset > pieceStart + piece.length) pieceBytes = SMALLEST_PIECE_BYTES;
    at = offset;
  };
  const next = (): Mark | undefined => {
    for (;;) {
      if (at < pieceStart || at >= pieceStart + piece.length) {
        piece = scanner.text(at, at + pieceBytes);
        pieceStart = at;
        pieceBytes = Math.min(2 * pieceBytes, LARGEST_PIECE_BYTES);
      }
      pattern.lastIndex = at - pieceStart;
      const text = pattern.exec(piece)?.[0];
      const name = text === undefined ? undefined : NAME_OF_TEXT.get(text);
      if (text !== undefined && name !== undefined) {
        const offset = pieceStart + pattern.lastIndex - text.length;
        at = offset + text.length;
        return { name, offset };
      }
      const end = pieceStart + piece.length;
      // A file that became shorter ends before its size.
      if (end >= scanner.sizeBytes || piece.length < SMALLEST_PIECE_BYTES) return undefined;
      // The end of the piece may have cut a mark in two.
      at = Math.max(at, end - LONGEST_MARK_BYTES + 1);
      pieceStart = Number.POSITIVE_INFINITY;
    }
  };
  return { next, continueAt };
}
