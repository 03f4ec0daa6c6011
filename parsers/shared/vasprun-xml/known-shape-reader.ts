/**
 * Reads vasprun.xml in the shape that VASP itself writes, without decoding a text or building a tree.
 *
 * Every byte that is not jumped over is checked: plain start and end tags that match, blanks between them, attributes in
 * double quotes. Anything else (comments, CDATA, entities, a mismatch) makes it give up, and the general reader starts
 * anew. Jumps are over electronic steps that are only counted and over tables nobody asked for, whose end tags are
 * looked up inside the ionic step they belong to.
 */
import type { Place } from '../../../model/calculation.ts';
import { AlikeSteps } from './alike-steps.ts';
import type { DocumentEnd, Element, ElementHandler, RowsWanted } from './events.ts';
import { type RowForms, readRows } from './known-shape-rows.ts';
import { type KnownTag, KnownTags, stands } from './known-tags.ts';
import { NumberRows } from './number-rows.ts';
import { ScfSteps } from './scf-steps.ts';
import type { XmlView } from './xml-view.ts';

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
const TABLE = Buffer.from('<varray');
const ROOT = Buffer.from('<modeling');
const CALCULATION_END = Buffer.from('</calculation>');
const PROLOG = /^(?:<\?xml [^<>]*\?>)?[ \t\r\n]*(?=<modeling>)/;
const ENTITY = /&#?[0-9A-Za-z]{1,10};/;

/** An element that is being read, with its end tag. */
interface Open {
  readonly element: Element;
  readonly endTag: Buffer;
}

export interface KnownShapeReader {
  readonly document: (start: number) => Outcome;
  /** One element that was passed over. */
  readonly element: (start: number) => Outcome;
}

export function knownShapeReader(view: XmlView, handler: ElementHandler): KnownShapeReader {
  const reading = new Reading(view, handler);
  return {
    document: (start) => {
      const prolog = PROLOG.exec(view.text(start, start + MAXIMUM_TAG));
      return prolog === null ? UNKNOWN_SHAPE : reading.elements(start + prolog[0].length);
    },
    element: (start) => reading.elements(start),
  };
}

class Reading {
  readonly #handler: ElementHandler;
  readonly #view: XmlView;
  readonly #tags = new KnownTags();
  readonly #stack: Open[] = [];
  readonly #rows = new NumberRows(0);
  readonly #forms: RowForms = [];
  /** Bytes from the start tag to the end tag of the last table that was put off, by its start tag. */
  readonly #lengths = new Map<KnownTag, number>();
  readonly #scf: ScfSteps;
  readonly #alikeSteps: AlikeSteps;
  /** Electronic steps that are read whole although others are left out. */
  #scfStepsToRead = 0;

  constructor(view: XmlView, handler: ElementHandler) {
    this.#handler = handler;
    this.#view = view;
    this.#scf = new ScfSteps(view);
    this.#alikeSteps = new AlikeSteps(view, this.#scf);
  }

  /** Reads the element at `start` with all that is in it. */
  elements(start: number): Outcome {
    this.#stack.length = 0;
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
    if (tag.name === 'calculation') {
      const steps = this.#handler.wholeSteps;
      const next = steps === undefined ? start : this.#alikeSteps.take(start, steps);
      if (next !== start) return next;
    } else if (tag.name === 'scstep') {
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
      // An end tag that is lost: the one that was found is that of another table.
      const leavesTable = bytes.subarray(first, end).includes(TABLE);
      if (leavesTable) return undefined;
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
    const nested = Buffer.from(`<${element.name}`);
    const inStep = this.#stack.some(({ element: { name } }) => name === 'calculation');
    const close = this.#view.findBefore(tag.endTag, inStep ? [nested, CALCULATION_END] : [nested], behind);
    if (close < 0) return UNKNOWN_SHAPE;
    if (close === this.#view.sizeBytes) {
      return this.#view.findBefore(ROOT, [], behind) === close ? this.#cut() : UNKNOWN_SHAPE;
    }
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
    const scf = this.#scf;
    if (leaveOut === undefined || !scf.walk(at)) return at;
    const left = leaveOut(scf.count);
    this.#scfStepsToRead = scf.count - left;
    if (left === 0) return at;
    return this.#scfStepsToRead === 1 ? scf.last : scf.beforeLast;
  }

  #cut(): DocumentEnd {
    return { kind: 'cut', at: this.#view.sizeBytes };
  }
}

function placeOf(element: Element, end: number): Place {
  return { byteOffset: element.start, byteLength: end - element.start };
}
