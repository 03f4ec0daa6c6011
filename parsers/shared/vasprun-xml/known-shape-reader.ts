/**
 * Reads vasprun.xml in the shape that VASP itself writes, without decoding a text or building a tree.
 *
 * Every byte that is not jumped over is checked: plain start and end tags that match, blanks between them, attributes in
 * double quotes. Anything else (comments, CDATA, entities, a mismatch) makes it give up, and the general reader starts
 * anew. Jumps are over electronic steps that are only counted and over tables nobody asked for, whose end tags are
 * looked up inside the ionic step they belong to.
 */
import type { Place } from '../../../model/calculation.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import type { Attributes, DocumentEnd, Element, ElementHandler } from './events.ts';
import { readRows } from './known-shape-rows.ts';
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
const MAXIMUM_TAG = 4096;
const MAXIMUM_TEXT = 1024 * 1024;
const MAXIMUM_KNOWN_TAGS = 1000;
const CALCULATION_END = needle('</calculation>');
const SCF_START = Buffer.from('<scstep>');
const SCF_END = Buffer.from('</scstep>');
const MAXIMUM_SCF_STEP = 16 * 1024;
const PROLOG = /^(?:<\?xml [^<>]*\?>)?[ \t\r\n]*(?=<modeling>)/;
const TAG = /^<([A-Za-z_][\w.-]*)((?:[ \t]+[A-Za-z_][\w.-]*="[^"<&\r\n\t]*")*)[ \t]*>$/;
const ATTRIBUTE = /([A-Za-z_][\w.-]*)="([^"]*)"/g;
const ENTITY = /&#?[0-9A-Za-z]{1,10};/;

interface Tag {
  readonly name: string;
  readonly attributes: Attributes;
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
  readonly #tags = new Map<string, Tag>();
  readonly #stack: Element[] = [];
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
      at = this.#view.skipBlanks(at);
      const step = this.#tag(at);
      if (typeof step !== 'number') return step;
      at = step;
      if (this.#stack.length === 0) return { kind: 'closed', at };
    }
  }

  #tag(at: number): Step {
    const view = this.#view;
    if (at >= view.sizeBytes) return this.#cut();
    const end = view.find(GREATER, at, MAXIMUM_TAG) + 1;
    if (view.byte(at) !== LESS) return UNKNOWN_SHAPE;
    if (end === 0) return at + MAXIMUM_TAG >= view.sizeBytes ? this.#cut() : UNKNOWN_SHAPE;
    if (view.byte(at + 1) === SLASH) return this.#endTag(at, end);
    const text = view.text(at, end);
    const tag = this.#tags.get(text) ?? this.#learn(text);
    return tag === undefined ? UNKNOWN_SHAPE : this.#open({ ...tag, start: at }, end);
  }

  #learn(text: string): Tag | undefined {
    const match = TAG.exec(text);
    if (match?.[1] === undefined) return undefined;
    const attributes: Record<string, string> = {};
    for (const [, name, value] of (match[2] ?? '').matchAll(ATTRIBUTE)) {
      if (name === undefined || value === undefined || name in attributes) return undefined;
      attributes[name] = value;
    }
    const tag = { name: match[1], attributes };
    if (this.#tags.size < MAXIMUM_KNOWN_TAGS) this.#tags.set(text, tag);
    return tag;
  }

  #endTag(at: number, end: number): Step {
    const top = this.#stack.pop();
    if (top === undefined || this.#view.text(at + 2, end - 1) !== top.name) return UNKNOWN_SHAPE;
    this.#handler.close(top, end);
    return end;
  }

  #open(element: Element, behind: number): Step {
    if (element.name === 'scstep' && this.#scfStepsToRead === 0) {
      const next = this.#leaveOutScfSteps(element.start);
      if (next !== element.start) return next;
    }
    if (element.name === 'scstep' && this.#scfStepsToRead > 0) this.#scfStepsToRead -= 1;
    const content = this.#handler.open(element);
    if (content === 'children') {
      this.#stack.push(element);
      return behind;
    }
    if (content === 'text') return this.#text(element, behind);
    if (content === 'skip' || content === 'later') return this.#jump(element, behind, content === 'later');
    const rows = new NumberRows(content.width);
    const found = readRows(this.#view, behind, rows);
    if (found.kind !== 'end') return found.kind === 'cut' ? this.#cut() : UNKNOWN_SHAPE;
    const end = this.#endOf(element, found.at);
    if (typeof end === 'number') this.#handler.rows(element, rows, placeOf(element, end));
    return end;
  }

  /** The end tag of `element` at `at`. */
  #endOf(element: Element, at: number): Step {
    const tag = `</${element.name}>`;
    const text = this.#view.text(at, Math.min(at + tag.length, this.#view.sizeBytes));
    if (text === tag) return at + tag.length;
    return text.length < tag.length && tag.startsWith(text) ? this.#cut() : UNKNOWN_SHAPE;
  }

  #text(element: Element, behind: number): Step {
    const view = this.#view;
    let close = view.find(LESS, behind, 256);
    if (close < 0) close = view.find(LESS, behind, MAXIMUM_TEXT);
    if (close < 0) return behind + MAXIMUM_TEXT >= view.sizeBytes ? this.#cut() : UNKNOWN_SHAPE;
    let end = this.#endOf(element, close);
    // VASP does not escape what a user writes into SYSTEM.
    if (end === UNKNOWN_SHAPE && element.attributes.type === 'string') {
      const line = view.text(behind, Math.min(behind + MAXIMUM_TAG, view.sizeBytes));
      close = behind + line.indexOf(`</${element.name}>`);
      end =
        close < behind || line.slice(0, close - behind).includes('\n') ? UNKNOWN_SHAPE : this.#endOf(element, close);
    }
    if (typeof end !== 'number') return end;
    const text = view.text(behind, close);
    if (text.includes('&') && ENTITY.test(text)) return UNKNOWN_SHAPE;
    this.#handler.text(element, text.includes('\r') ? text.replaceAll('\r\n', '\n') : text, placeOf(element, end));
    return end;
  }

  /** Over the element that nobody asked for. */
  #jump(element: Element, behind: number, postponed: boolean): Step {
    const tag = needle(`</${element.name}>`);
    const close = this.#scanner.indexOf(tag, behind);
    const to = close < 0 ? this.#scanner.sizeBytes : close;
    const nested = this.#scanner.indexOf(needle(`<${element.name}>`), behind, to) >= 0;
    const inStep = this.#stack.some(({ name }) => name === 'calculation');
    const leavesStep = inStep && this.#scanner.indexOf(CALCULATION_END, behind, to) >= 0;
    this.#view.forget();
    if (nested || leavesStep) return UNKNOWN_SHAPE;
    if (close < 0) return this.#cut();
    const end = close + tag.length;
    if (postponed) this.#handler.postponed(element, placeOf(element, end));
    return end;
  }

  /**
   * Over all electronic steps of this ionic step but the last two; `at` is the first of them. Returns where the reading
   * goes on: at `at` itself when there is nothing to leave out.
   */
  #leaveOutScfSteps(at: number): number {
    const leaveOut = this.#handler.leaveOutScfSteps;
    let count = 1;
    let last = at;
    let beforeLast = at;
    for (let length = 0; leaveOut !== undefined; ) {
      const next = this.#nextScfStep(last, length);
      if (next < 0) break;
      length = next - last;
      beforeLast = last;
      last = next;
      count += 1;
    }
    this.#scfStepsToRead = Math.min(2, count);
    if (leaveOut !== undefined && count > 2) leaveOut(count - 2);
    return beforeLast;
  }

  /** Start of the electronic step that follows the one at `at`; −1 when none does. */
  #nextScfStep(at: number, usualLength: number): number {
    const view = this.#view;
    const index = view.show(at, MAXIMUM_SCF_STEP);
    const { bytes } = view;
    const end = bytes.indexOf(SCF_END, index);
    if (end < 0 || end - index > MAXIMUM_SCF_STEP) return -1;
    let next = end + SCF_END.length;
    while (next < bytes.length && (bytes[next] === 32 || bytes[next] === 10 || bytes[next] === 13)) next += 1;
    for (let byte = 0; byte < SCF_START.length; byte += 1) if (bytes[next + byte] !== SCF_START[byte]) return -1;
    // Of the usual length: no second start hides in it. Else look.
    if (next - index !== usualLength) {
      const hidden = bytes.indexOf(SCF_START, index + 1);
      if (hidden !== next) return -1;
    }
    return at + next - index;
  }

  #cut(): DocumentEnd {
    return { kind: 'cut', at: this.#view.sizeBytes };
  }
}

function placeOf(element: Element, end: number): Place {
  return { byteOffset: element.start, byteLength: end - element.start };
}
