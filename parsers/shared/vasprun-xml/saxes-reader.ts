/**
 * Reads vasprun.xml of any shape that is XML, piece by piece: other blanks, comments, CDATA, reformatted files.
 *
 * Bytes are taken for Latin-1, so that positions are byte offsets. The mistake avoided here: going on behind a fault of
 * the markup, where elements of several writers may be mixed. Reading ends there, and what was complete before counts.
 */
import { SaxesParser } from 'saxes';
import type { ByteScanner } from '../byte-scanner.ts';
import type { Content, DocumentEnd, Element, ElementHandler } from './events.ts';
import { NumberRows } from './number-rows.ts';

const PIECE_BYTES = 64 * 1024;
/** Text of one element beyond this is none of VASP's. */
const MAXIMUM_TEXT = 1024 * 1024;
/** Faults of characters, which leave the structure whole: VASP does not escape what a user writes into SYSTEM. */
const HARMLESS = /entity|^disallowed character$|\]\]>/;
/** saxes reads from an `&` on to the next `;`, over any markup; one that begins no entity is hidden from it. */
const BARE_AMPERSAND = /&(?!#?[0-9A-Za-z]{1,10};)/g;
const LONGEST_ENTITY = 13;
/** A character for private use: allowed in XML, one unit long, and not in Latin-1. */
const AMPERSAND_STAND_IN = '\uE000';

interface Open {
  readonly element: Element;
  readonly content: Content;
  /** Set in the rows of an element whose numbers are wanted. */
  readonly rows: NumberRows | undefined;
  text: string;
}

/** Tells a fault as it is: an Error for each of a million NUL bytes would take minutes. */
class Xml extends SaxesParser {
  readonly #takeFault: (message: string) => void;

  constructor(takeFault: (message: string) => void) {
    super({ position: true });
    this.#takeFault = takeFault;
  }

  override fail(message: string): this {
    this.#takeFault(message);
    return this;
  }
}

export function readAnyXml(scanner: ByteScanner, start: number, handler: ElementHandler): DocumentEnd {
  const takeFault = (stated: string): void => {
    const message = stated.replace(/\.$/, '');
    if (end !== undefined || HARMLESS.test(message)) return;
    if (!message.startsWith('unexpected close tag')) finishEnding();
    end ??= { kind: 'malformed', at: position(), fault: message };
  };
  const parser = new Xml(takeFault);
  const stack: Open[] = [];
  let nameStart = start;
  let end: DocumentEnd | undefined;
  /** An element whose end is told before saxes says whether the name of its end tag is the right one. */
  let ending: { readonly open: Open; readonly end: number } | undefined;
  const position = (): number => start + parser.position;
  const finishEnding = (): void => {
    if (ending === undefined || end !== undefined) return;
    const { open, end: at } = ending;
    ending = undefined;
    close(open, stack.at(-1), at, handler);
    if (stack.length === 0) end = { kind: 'closed', at };
  };
  const takeText = (text: string): void => {
    finishEnding();
    const top = stack.at(-1);
    if (top !== undefined && top.text.length < MAXIMUM_TEXT && takesText(top)) top.text += text;
  };
  parser.on('opentagstart', (tag) => {
    finishEnding();
    nameStart = position() - tag.name.length - 2;
  });
  parser.on('opentag', (tag) => {
    if (end !== undefined) return;
    // Without namespaces attributes are plain texts.
    const attributes = tag.attributes as Record<string, string>;
    stack.push(open({ name: tag.name, attributes, start: nameStart }, stack.at(-1), handler));
  });
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  parser.on('closetag', () => {
    finishEnding();
    const top = end === undefined ? stack.pop() : undefined;
    if (top !== undefined) ending = { open: top, end: position() };
  });

  let at = start;
  while (end === undefined && at < scanner.sizeBytes) {
    const piece = withoutHalfEntity(scanner.text(at, at + PIECE_BYTES), at + PIECE_BYTES >= scanner.sizeBytes);
    parser.write(piece.replaceAll(BARE_AMPERSAND, AMPERSAND_STAND_IN));
    finishEnding();
    at += piece.length;
  }
  return end ?? { kind: 'cut', at: scanner.sizeBytes };
}

/** An `&` near the end of a piece is left to the next one, which shows whether it begins an entity. */
function withoutHalfEntity(text: string, isLast: boolean): string {
  const at = isLast ? -1 : text.indexOf('&', Math.max(1, text.length - LONGEST_ENTITY));
  return at < 0 ? text : text.slice(0, at);
}

function takesText(top: Open): boolean {
  return top.content === 'text' || (top.rows !== undefined && isRow(top.element.name));
}

export function isRow(name: string): boolean {
  return name === 'v' || name === 'r';
}

function open(element: Element, parent: Open | undefined, handler: ElementHandler): Open {
  const inside = (content: Content, rows?: NumberRows): Open => ({ element, content, rows, text: '' });
  if (parent?.content === 'skip') return inside('skip');
  // Rows are the children of the element that wants them; what is inside a row is none.
  if (parent?.rows !== undefined)
    return isRow(element.name) && !isRow(parent.element.name) ? inside('text', parent.rows) : inside('skip');
  if (parent?.content === 'text' || parent?.content === 'leaf') return inside('skip');
  const content = handler.open(element);
  if (typeof content === 'object') return inside(content, new NumberRows(content.width));
  return inside(content);
}

function close(open: Open, parent: Open | undefined, end: number, handler: ElementHandler): void {
  const { element, content, rows } = open;
  const place = { byteOffset: element.start, byteLength: end - element.start };
  const text = open.text.replaceAll(AMPERSAND_STAND_IN, '&');
  if (rows !== undefined && content === 'text') {
    const bytes = Buffer.from(text, 'latin1');
    rows.add(bytes, 0, bytes.length, element.start);
  } else if (rows !== undefined) handler.rows(element, rows, place);
  else if (content === 'text') handler.text(element, text, place);
  else if (content === 'children' && parent?.content !== 'skip') handler.close(element, end);
}
