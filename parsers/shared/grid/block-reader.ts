/**
 * The values of one block of a grid file, handed out in portions: several files can be read in lockstep.
 *
 * The mistakes avoided here: taking a cut last number for a short one, taking the words behind a block that lacks values
 * for values, and not noticing a lost column, after which every value stands at another point. All lines of a block hold
 * the same number of values, so a line that does not is told.
 */
import type { GridPoints } from '../../../model/grid.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import type { NumberCursor } from '../fortran-number.ts';
import { decodeField, decodeFixedLines, FIELD_BYTES } from './decode.ts';
import { LineForms } from './line-forms.ts';
import { tornNumberStart } from './torn-value.ts';

/** Bytes looked at in one go; a word longer than this is no number. */
const VIEW_BYTES = 64 * 1024;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;

export interface BlockEnd {
  /** Start of the line behind the block, and its number. */
  readonly next: number;
  readonly nextLine: number;
  /** Behind the last value. */
  readonly end: number;
  readonly read: number;
  readonly wanted: number;
  /** The file ends before all values are there. */
  readonly isCut: boolean;
  /** First field that is no number, and how many there are. */
  readonly firstBad?: number;
  readonly badCount: number;
  /** Something else stands where a value should: the block holds fewer. */
  readonly stoppedAt?: number;
  /** Something stands behind the last value on its line: the block holds more. */
  readonly surplusAt?: number;
  /** First line with another number of values than the first one, or written in other columns than nearly all. */
  readonly unevenAt?: number;
}

export class BlockReader {
  readonly #scanner: ByteScanner;
  readonly #wanted: number;
  readonly #rowLength: number;
  readonly #cursor: NumberCursor = { end: 0, value: 0 };
  readonly #forms = new LineForms();
  #at: number;
  #lineNumber: number;
  #lineStart: number;
  #read = 0;
  #perLine = 0;
  #inLine = 0;
  #isCut = false;
  #firstBad: number | undefined;
  #badCount = 0;
  #stoppedAt: number | undefined;
  #unevenAt: number | undefined;
  #tornFrom: number | undefined;

  /** `start`: of the line behind the grid line, which is line `lineNumber`. */
  constructor(scanner: ByteScanner, start: number, lineNumber: number, points: GridPoints) {
    this.#scanner = scanner;
    this.#at = start;
    this.#lineStart = start;
    this.#lineNumber = lineNumber;
    this.#wanted = points[0] * points[1] * points[2];
    this.#rowLength = points[0];
  }

  /** Up to `target.length` next values, NaN where a field is no number; 0 at the end of the block or of what there is. */
  fill(target: Float64Array): number {
    const count = Math.min(target.length, this.#wanted - this.#read);
    let filled = 0;
    while (filled < count && !this.#isCut && this.#stoppedAt === undefined) {
      const isLast = this.#at + VIEW_BYTES >= this.#scanner.sizeBytes;
      if (isLast) this.#tornFrom ??= tornNumberStart(this.#scanner);
      const view = this.#scanner.bytes(this.#at, this.#at + VIEW_BYTES);
      const before = filled;
      const offset = this.#at;
      filled = this.#decode(view, isLast, target, filled, count);
      this.#read += filled - before;
      if (filled < count && this.#stoppedAt === undefined) {
        if (isLast) this.#isCut = true;
        else if (this.#at === offset) this.#stoppedAt = offset;
      }
    }
    return filled;
  }

  /** What is to be said about the block once no more values come. */
  finish(): BlockEnd {
    const end = this.#at;
    const whole = this.#read === this.#wanted;
    const oddEnd = this.#forms.isOddEnd(end - this.#lineStart, this.#inLine) ? this.#lineStart : undefined;
    const unevenAt = this.#unevenAt ?? this.#forms.oddLine() ?? oddEnd;
    const line = this.#scanner.line(end);
    const rest = line.end - line.start > VIEW_BYTES ? 'x' : this.#scanner.text(line.start, line.end).trim();
    return {
      next: line.next,
      nextLine: this.#lineNumber + 1,
      end,
      read: this.#read,
      wanted: this.#wanted,
      isCut: this.#isCut,
      badCount: this.#badCount,
      ...(this.#firstBad !== undefined && { firstBad: this.#firstBad }),
      ...(this.#stoppedAt !== undefined && { stoppedAt: this.#stoppedAt }),
      ...(whole && rest !== '' && { surplusAt: end }),
      ...(unevenAt !== undefined && { unevenAt }),
    };
  }

  /** Decodes from the view until `count` values are there or the view holds no whole one; returns how many are there. */
  #decode(view: Uint8Array, isLast: boolean, target: Float64Array, from: number, count: number): number {
    const numbers = new DataView(view.buffer, view.byteOffset, view.byteLength);
    const base = this.#at;
    let filled = from;
    let at = 0;
    while (filled < count) {
      if (this.#inLine === 0 && this.#perLine > 0) {
        // The last line of the block is read field by field: what follows it is not ours.
        const most = Math.floor((count - filled - 1) / this.#perLine);
        const lines = decodeFixedLines(numbers, at, { perLine: this.#perLine, most }, target, filled);
        if (lines.count > 0) {
          this.#forms.add(FIELD_BYTES, 1, base + at, lines.count);
          filled += lines.count * this.#perLine;
          at += lines.bytes;
          this.#lineNumber += lines.count;
          this.#lineStart = base + at;
          continue;
        }
      }
      at = endOfBlanks(view, at);
      if (view[at] === NEWLINE) {
        this.#endLine(
          base + at - (view[at - 1] === CARRIAGE_RETURN ? 1 : 0),
          base + at + 1,
          this.#read + filled - from,
        );
        at += 1;
        continue;
      }
      const wordEnd = endOfWord(view, at);
      if (at === view.length || (wordEnd === view.length && !isLast)) break;
      // The last word of the file: what it lacks is told as a cut, not as a field that is no number.
      if (wordEnd === view.length && base + at >= (this.#tornFrom ?? 0)) break;
      if (!this.#decodeWord(view, at, wordEnd, base)) break;
      at = this.#cursor.end;
      target[filled] = this.#cursor.value;
      filled += 1;
      this.#inLine += 1;
    }
    this.#at = base + at;
    return filled;
  }

  /** One number of the word into the cursor; false when the word is none of this block. */
  #decodeWord(view: Uint8Array, at: number, wordEnd: number, base: number): boolean {
    decodeField(view, at, wordEnd, this.#cursor);
    if (!Number.isNaN(this.#cursor.value)) return true;
    if (isForeignWord(view, at, wordEnd)) {
      this.#stoppedAt = base + at;
      return false;
    }
    this.#firstBad ??= base + at;
    this.#badCount += 1;
    this.#cursor.end = wordEnd;
    return true;
  }

  #endLine(end: number, next: number, read: number): void {
    if (this.#inLine > 0) {
      this.#forms.add(end - this.#lineStart, this.#inLine, this.#lineStart);
      if (this.#perLine === 0) this.#perLine = this.#inLine;
      // Some programs begin a line with each row of the grid.
      else if (this.#inLine !== this.#perLine && read % this.#rowLength !== 0) this.#unevenAt ??= this.#lineStart;
    }
    this.#inLine = 0;
    this.#lineNumber += 1;
    this.#lineStart = next;
  }
}

function endOfBlanks(view: Uint8Array, start: number): number {
  let at = start;
  while (at < view.length && (view[at] as number) <= BLANK && view[at] !== NEWLINE && view[at] !== 0) at += 1; // in range
  return at;
}

function endOfWord(view: Uint8Array, start: number): number {
  let at = start;
  while (at < view.length && ((view[at] as number) > BLANK || view[at] === 0)) at += 1; // in range: at < length
  return at;
}

/** A word that begins with a letter and is neither NaN nor Infinity: `augmentation`, the comment of a next frame. */
function isForeignWord(view: Uint8Array, at: number, end: number): boolean {
  const word = Buffer.from(view.subarray(at, Math.min(end, at + 16))).toString('latin1');
  return /^[a-z]/i.test(word) && !/^(?:nan|inf)/i.test(word);
}
