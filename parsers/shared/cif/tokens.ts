/**
 * The words of a CIF: tags, values, `loop_` and the heads of blocks, each with its line.
 *
 * The mistakes avoided here: ending a quoted value at an apostrophe inside it ('5'-phosphate' ends at the quote before the
 * blank), and taking `#` or `_` inside a value for a comment or a tag. Source: Hall, Allen & Brown, Acta Cryst. A47, 655
 * (1991); CIF 1.1 syntax of the IUCr.
 */
import { type Fault, faultAt } from '../fault.ts';
import { type LineReader, quoted, type TextLine } from '../line-reader.ts';

export type CifTokenKind = 'block' | 'loop' | 'tag' | 'value';

export interface CifToken {
  readonly kind: CifTokenKind;
  /** Name of a block; a tag in lower case, its dots as `_`; a value without its quotes. */
  readonly text: string;
  /** Was quoted or a text field: `?` and `.` then mean themselves. */
  readonly isQuoted: boolean;
  readonly line: TextLine;
}

/** The next token each time it is called; undefined at the end of the file. */
export function tokenReader(lines: LineReader): () => CifToken | Fault | undefined {
  const pending: CifToken[] = [];
  return () => {
    while (pending.length === 0) {
      const line = lines.next();
      if (line === undefined) return undefined;
      if (line.text.startsWith(';')) return textField(line, lines);
      const tokens = tokensOf(line.number === 1 ? withoutByteOrderMark(line) : line);
      if (!Array.isArray(tokens)) return tokens;
      pending.push(...tokens.reverse());
    }
    return pending.pop();
  };
}

/** Editors on Windows write one; each byte of it is a character here. */
function withoutByteOrderMark(line: TextLine): TextLine {
  return { ...line, text: line.text.replace(/^(?:\u00EF\u00BB\u00BF|\uFEFF)/, '') };
}

function textField(first: TextLine, lines: LineReader): CifToken | Fault {
  const texts = [first.text.slice(1)];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line.text.startsWith(';')) return { kind: 'value', text: texts.join('\n'), isQuoted: true, line: first };
    // Long ones are remarks that nobody reads.
    if (texts.length < LONGEST_TEXT_FIELD) texts.push(line.text);
  }
  const torn = { ...(lines.last() ?? first), terminated: false };
  return faultAt(torn, 'a ";" that ends the text field', 'the end of the file');
}

const LONGEST_TEXT_FIELD = 1000;
/** A quote ends only before a blank. */
const TOKEN = /\s*(?:(#.*)|'(.*?)'(?=\s|$)|"(.*?)"(?=\s|$)|(\S+))/y;

function tokensOf(line: TextLine): CifToken[] | Fault {
  const tokens: CifToken[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(line.text); found !== null; found = TOKEN.exec(line.text)) {
    const [, comment, single, double, plain] = found;
    if (comment !== undefined) break;
    const inQuotes = single ?? double;
    if (inQuotes !== undefined) tokens.push({ kind: 'value', text: inQuotes, isQuoted: true, line });
    else if (plain?.startsWith("'") === true || plain?.startsWith('"') === true)
      return faultAt(line, 'a closing quote', quoted(plain));
    else if (plain !== undefined) tokens.push(plainToken(plain, line));
  }
  return tokens;
}

function plainToken(text: string, line: TextLine): CifToken {
  const token = (kind: CifTokenKind, of: string): CifToken => ({ kind, text: of, isQuoted: false, line });
  if (text.startsWith('_')) return token('tag', text.toLowerCase().replaceAll('.', '_'));
  if (/^data_/i.test(text)) return token('block', text.slice(5));
  if (/^loop_$/i.test(text)) return token('loop', '');
  return token('value', text);
}
