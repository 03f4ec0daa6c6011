/**
 * Reads vasprun.xml in the shape that VASP itself writes, without decoding a text or building a tree.
 *
 * Every byte that is not jumped over is checked: plain start and end tags that match, blanks between them, attributes in
 * double quotes. Anything else (comments, CDATA, entities, a mismatch) makes it give up, and the general reader starts
 * anew. Jumps are over electronic steps that are only counted and over tables nobody asked for, whose end tags are
 * looked up inside the ionic step they belong to.
 */
import type { Place } from '../../../model/calculation.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import type { DocumentEnd, Element, ElementHandler, RowsWanted } from './events.ts';
import { type RowForms, readRows } from './known-shape-rows.ts';
import { type KnownTag, KnownTags, stands } from './known-tags.ts';
import { NumberRows } from './number-rows.ts';
import { XmlView } from './xml-view.ts';

/** A document of another shape than the known one. */
export const UNKNOWN_SHAPE = Symbol('unknown shape');
type Outcome = DocumentEnd | typeof UNKNOWN_SHAPE;
/** Offset behind what was read, or how the reading ended there. */
type Step = number | Outcome;

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const AMPERSAND = 38;
const CARRIAGE_RETURN = 13;
const STAR = 42;
const LETTER_N = 78;
const MAXIMUM_TAG = 4096;
const MAXIMUM_TEXT = 1024 * 1024;
const ROOT = Buffer.from('<modeling');
const CALCULATION_END = Buffer.from('</calculation>');
const SCF_START = Buffer.from('<scstep>');
const SCF_END = Buffer.from('</scstep>');
const MAXIMUM_SCF_STEP = 16 * 1024;
const MAXIMUM_SCF_LENGTHS = 1000;
const SCF_STEP =
  /^<scstep>\s*(?:<time name="[^"<]*">[^<]*<\/time>\s*|<(energy|dipole)>\s*(?:<([iv]) name="[^"<]*">[^<]*<\/\2>\s*)*<\/\1>\s*)*<\/scstep>\s*$/;
const PROLOG = /^(?:<\?xml [^<>]*\?>)?[ \t\r\n]*(?=<modeling>)/;
const ENTITY = /&#?[0-9A-Za-z]{1,10};/;

/** An element that is being read, with its end tag. */
interface Open {
  readonly element: Element;
  readonly endTag: Buffer;
}

export interface KnownShapeReader {
  readonly document: (start: number) => Outcome;
  /** The element that was postponed. */
  readonly element: (place: Place) => Outcome;
}

export function knownShapeReader(scanner: ByteScanner, handler: ElementHandler): KnownShapeReader {
  const reading = new Reading(scanner, handler);
  return {
    document: (start) => {
      const prolog = PROLOG.exec(scanner.text(start, start + MAXIMUM_TAG));
      return prolog === null ? UNKNOWN_SHAPE : reading.elements(start + prolog[0].length);
    },
    element: (place) => reading.elements(place.byteOffset),
  };
}

class Reading {
  readonly #scanner: ByteScanner;
  readonly #handler: ElementHandler;
  readonly #view: XmlView;
  readonly #tags = new KnownTags();
  readonly #stack: Open[] = [];
  readonly #rows = new NumberRows(0);
  readonly #forms: RowForms = [];
  /** Bytes from the start tag to the end tag of the last table that was put off, by its start tag. */
  readonly #lengths = new Map<KnownTag, number>();
  /** Lengths of electronic steps that were looked at and are plain. */
  readonly #scfLengths = new Set<number>();
  /** Electronic steps that are read whole although others are left out. */
  #scfStepsToRead = 0;

  constructor(scanner: ByteScanner, handler: ElementHandler) {
    this.#scanner = scanner;
    this.#handler = handler;
    this.#view = new XmlView(scanner);
  }

  /** Reads the element at `start` with all that is in it. */
  elements(start: number): Outcome {
    this.#stack.length = 0;
    this.#view.forget();
    let at = start;
    for (;;) {
      const step = this.#tag(this.#view.skipBlanks(at));
      if (typeof step !== 'number') return step;
      at = step;
      if (this.#stack.length === 0) return { kind: 'closed', at };
    }
  }

  #tag(at: number): Step {
    const view = this.#view;
    const start = view.show(at, MAXIMUM_TAG);
    const { bytes } = view;
    if (start >= bytes.length) return this.#cut();
    if (bytes[start] !== LESS) return UNKNOWN_SHAPE;
    const limit = Math.min(bytes.length, start + MAXIMUM_TAG);
    let end = start + 1;
    let hash = 0;
    for (; end < limit && bytes[end] !== GREATER; end += 1) hash = (Math.imul(hash, 31) + (bytes[end] as number)) | 0; // in range
    if (end >= limit) return at + MAXIMUM_TAG >= view.sizeBytes ? this.#cut() : UNKNOWN_SHAPE;
    end += 1;
    if (bytes[start + 1] === SLASH) {
      const top = this.#stack.pop();
      if (top === undefined || !stands(bytes, start, end, top.endTag)) return UNKNOWN_SHAPE;
      this.#handler.close(top.element, at + end - start);
      return at + end - start;
    }
    const tag = this.#tags.at(bytes, start, end, hash);
    return tag === undefined ? UNKNOWN_SHAPE : this.#open(tag, at, at + end - start);
  }

  #open(tag: KnownTag, start: number, behind: number): Step {
    if (tag.name === 'scstep') {
      if (this.#scfStepsToRead === 0) {
        const next = this.#leaveOutScfSteps(start);
        if (next !== start) return next;
      }
      this.#scfStepsToRead -= 1;
    }
    const element: Element = { name: tag.name, attributes: tag.attributes, start };
    const content = this.#handler.open(element);
    switch (content) {
      case 'children':
        this.#stack.push({ element, endTag: tag.endTag });
        return behind;
      case 'text':
      case 'leaf':
        return this.#text(element, tag, behind, content === 'text');
      case 'skip':
      case 'later':
        return this.#jump(element, tag, behind, content === 'later');
      default:
        return this.#table(element, tag, behind, content);
    }
  }

  #table(element: Element, tag: KnownTag, behind: number, wanted: RowsWanted): Step {
    if (wanted.later === true) {
      const place = this.#faultless(tag, element.start, behind);
      if (place !== undefined) {
        this.#handler.postponed(element, place);
        return place.byteOffset + place.byteLength;
      }
    }
    const rows = wanted.borrowed === true ? this.#rows : new NumberRows(wanted.width);
    rows.clear(wanted.width);
    const found = readRows(this.#view, behind, rows, this.#forms);
    if (found.kind !== 'end') return found.kind === 'cut' ? this.#cut() : UNKNOWN_SHAPE;
    const end = this.#endOf(tag, found.at);
    if (typeof end === 'number') this.#handler.rows(element, rows, placeOf(element, end));
    return end;
  }

  /** The place of a table whose end is found and that has neither stars nor NaN in it; undefined when it must be read. */
  #faultless(tag: KnownTag, start: number, behind: number): Place | undefined {
    const usual = this.#lengths.get(tag) ?? 0;
    const index = this.#view.show(start, Math.max(usual, MAXIMUM_TAG));
    const { bytes } = this.#view;
    const first = index + behind - start;
    let end = index + usual;
    if (usual === 0 || !stands(bytes, end - tag.endTag.length, end, tag.endTag)) {
      end = bytes.indexOf(tag.endTag, first) + tag.endTag.length;
      if (end < first + tag.endTag.length) return undefined;
      const leavesStep = bytes.subarray(first, end).includes(CALCULATION_END);
      if (leavesStep) return undefined;
      this.#lengths.set(tag, end - index);
    }
    const table = bytes.subarray(first, end);
    if (table.includes(STAR) || table.includes(LETTER_N)) return undefined;
    return { byteOffset: start, byteLength: end - index };
  }

  /** Behind the end tag that stands at `at`. */
  #endOf(tag: KnownTag, at: number): Step {
    const { length } = tag.endTag;
    const index = this.#view.show(at, length);
    const { bytes } = this.#view;
    if (stands(bytes, index, Math.min(index + length, bytes.length), tag.endTag)) return at + length;
    const left = bytes.length - index;
    return left < length && stands(bytes, index, bytes.length, tag.endTag.subarray(0, left))
      ? this.#cut()
      : UNKNOWN_SHAPE;
  }

  #text(element: Element, tag: KnownTag, behind: number, wanted: boolean): Step {
    const view = this.#view;
    let index = view.show(behind, MAXIMUM_TAG);
    const { bytes } = view;
    const start = index;
    let special = false;
    const limit = Math.min(bytes.length, index + MAXIMUM_TAG);
    for (; index < limit && bytes[index] !== LESS; index += 1) {
      if (bytes[index] === AMPERSAND || bytes[index] === CARRIAGE_RETURN) special = true;
    }
    let close = behind + index - start;
    if (index >= limit) {
      close = view.find(LESS, behind, MAXIMUM_TEXT);
      if (close < 0) return behind + MAXIMUM_TEXT >= view.sizeBytes ? this.#cut() : UNKNOWN_SHAPE;
      special = true;
    }
    let end = this.#endOf(tag, close);
    if (end === UNKNOWN_SHAPE && element.attributes.type === 'string') {
      close = this.#endOfLine(tag, behind);
      end = close < 0 ? UNKNOWN_SHAPE : this.#endOf(tag, close);
    }
    if (typeof end !== 'number') return end;
    if (!wanted && !special) return end;
    const text = view.text(behind, close);
    if (special && ENTITY.test(text)) return UNKNOWN_SHAPE;
    if (wanted) this.#handler.text(element, special ? text.replaceAll('\r\n', '\n') : text, placeOf(element, end));
    return end;
  }

  /** VASP does not escape what a user writes into SYSTEM: its end tag stands in the same line. −1 if not. */
  #endOfLine(tag: KnownTag, behind: number): number {
    const line = this.#view.text(behind, Math.min(behind + MAXIMUM_TAG, this.#view.sizeBytes));
    const close = line.indexOf(`</${tag.name}>`);
    return close < 0 || line.slice(0, close).includes('\n') ? -1 : behind + close;
  }

  /** Over the element that nobody asked for. Its like in it: markup is lost, or another document begins there. */
  #jump(element: Element, tag: KnownTag, behind: number, postponed: boolean): Step {
    const close = this.#scanner.indexOf(tag.endTag, behind);
    const to = close < 0 ? this.#scanner.sizeBytes : close;
    const nested = this.#scanner.indexOf(Buffer.from(`<${element.name}`), behind, to) >= 0;
    const inStep = this.#stack.some(({ element: { name } }) => name === 'calculation');
    const leavesStep = inStep && this.#scanner.indexOf(CALCULATION_END, behind, to) >= 0;
    this.#view.forget();
    if (nested || leavesStep) return UNKNOWN_SHAPE;
    if (close < 0) return this.#scanner.indexOf(ROOT, behind) < 0 ? this.#cut() : UNKNOWN_SHAPE;
    const end = close + tag.endTag.length;
    if (postponed) this.#handler.postponed(element, placeOf(element, end));
    return end;
  }

  /**
   * Over the electronic steps of this ionic step that need not be read; `at` is the first of them. Returns where the
   * reading goes on: at `at` itself when there is nothing to leave out.
   */
  #leaveOutScfSteps(at: number): number {
    this.#scfStepsToRead = 1;
    const leaveOut = this.#handler.leaveOutScfSteps;
    if (leaveOut === undefined) return at;
    let count = 1;
    let last = at;
    let beforeLast = at;
    for (let isPlain = true; ; ) {
      const next = this.#nextScfStep(last);
      isPlain &&= next < 0 || this.#isPlainScfStep(last, next);
      if (!isPlain) return at;
      if (next < 0) break;
      beforeLast = last;
      last = next;
      count += 1;
    }
    const left = leaveOut(count);
    this.#scfStepsToRead = count - left;
    if (left === 0) return at;
    return this.#scfStepsToRead === 1 ? last : beforeLast;
  }

  /** Whether an electronic step may be left out. Those of a length that one had before are not looked at again. */
  #isPlainScfStep(start: number, end: number): boolean {
    const length = end - start;
    if (this.#scfLengths.has(length)) return true;
    const isPlain = SCF_STEP.test(this.#view.text(start, end));
    if (isPlain && this.#scfLengths.size < MAXIMUM_SCF_LENGTHS) this.#scfLengths.add(length);
    return isPlain;
  }

  /** Start of the electronic step that follows the one at `at`; −1 when none does. */
  #nextScfStep(at: number): number {
    const view = this.#view;
    const index = view.show(at, MAXIMUM_SCF_STEP);
    const { bytes } = view;
    const end = bytes.indexOf(SCF_END, index);
    if (end < 0 || end - index > MAXIMUM_SCF_STEP) return -1;
    let next = end + SCF_END.length;
    while (next < bytes.length && (bytes[next] === 32 || bytes[next] === 10 || bytes[next] === 13)) next += 1;
    for (let byte = 0; byte < SCF_START.length; byte += 1) if (bytes[next + byte] !== SCF_START[byte]) return -1;
    // No second start may hide in it.
    if (!this.#scfLengths.has(next - index) && bytes.indexOf(SCF_START, index + 1) !== next) return -1;
    return at + next - index;
  }

  #cut(): DocumentEnd {
    return { kind: 'cut', at: this.#view.sizeBytes };
  }
}

function placeOf(element: Element, end: number): Place {
  return { byteOffset: element.start, byteLength: end - element.start };
}
