/**
 * Text for a terminal: how wide it is, how to colour it, and how to keep a file name from steering the terminal.
 */
import type { WriteStream } from 'node:tty';

/** Codes that begin and end a style (ECMA-48, SGR). */
const STYLE_CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

type Style = keyof typeof STYLE_CODES;
export type Paint = (style: Style, text: string) => string;

/** Colours for a stream, or plain text when it is no terminal or the user wants none (https://no-color.org). */
export function paintFor(stream: Pick<WriteStream, 'isTTY'>): Paint {
  const noColor = process.env.NO_COLOR;
  const coloured = stream.isTTY === true && (noColor === undefined || noColor === '') && process.env.TERM !== 'dumb';
  return coloured ? styled : (_, text) => text;
}

function styled(style: Style, text: string): string {
  const [begin, end] = STYLE_CODES[style];
  return `\u001b[${begin}m${text}\u001b[${end}m`;
}

/** The text with control characters spelled out: a file name may hold escape sequences and line ends. */
export function visible(text: string): string {
  return text.replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Columns the text takes; colour codes take none, East Asian wide characters and emoji two. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text.replace(COLOUR_CODE, ''))) {
    if (!ZERO_WIDTH.test(segment)) width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}

/** Latin and Greek letters, superscripts, dashes and signs of units, each one column wide: the Unicode classes below cost 0.1 s at their first use. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u0391-\u03c9\u2010-\u2015\u2026\u2070-\u209c\u2190-\u2194\u2212]*$/;
const CONTROL = /\p{Cc}/gu;
const COLOUR_CODE = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}])/u;
