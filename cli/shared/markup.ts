/**
 * Text for HTML and SVG, in which everything is escaped unless it is markup already.
 *
 * The mistake avoided here: a folder named `<script>` that runs in the report of whoever opens it. Escaping is not left
 * to the memory of each caller: the tag `markup` escapes every value that did not come out of `markup` itself. Control
 * and text-direction characters, which no page shows, are spelled out, so that no name looks like another one.
 */

export interface Markup {
  readonly markup: string;
}

/** What may stand in a template; an absent value leaves nothing behind. */
export type Piece = string | number | Markup | readonly Piece[] | undefined;

export function markup(literals: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let text = literals[0] ?? '';
  pieces.forEach((piece, index) => {
    text += textOf(piece) + (literals[index + 1] ?? '');
  });
  return { markup: text };
}

/** Text as it may stand between tags and in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(UNSEEN, spelledOut).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters, marks that turn the direction of the text around, halves of a surrogate pair. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu;

function spelledOut(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

function textOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string') return escaped(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map(textOf).join('');
}
