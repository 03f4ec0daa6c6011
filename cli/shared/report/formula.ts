/**
 * Symbols and formulas of descriptor definitions with their indices set low: `E_ads` → E with a low "ads".
 */
import { type Markup, markup } from '../markup.ts';

export function formulaMarkup(text: string): Markup {
  // With one group in the pattern, every second piece is an index.
  const pieces = text.split(/_([\p{L}\p{N}]+)/u);
  return markup`${pieces.map((piece, position) => (position % 2 === 1 ? markup`<sub>${piece}</sub>` : piece))}`;
}
