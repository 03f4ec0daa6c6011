/**
 * Whether the numbers of a vector stand as a program prints them: VASP gives each the same width (F16.8, I6); whoever
 * reformats a file leaves as many blanks before each.
 *
 * The mistake avoided here: a number that was lost leaves its blanks behind, and the numbers after it move up to the
 * atoms or axes before theirs. SAXIS with two numbers is told by their count; MAGMOM, STM or RWIGS have none of their own.
 */

/** Of VASP's own. */
const REAL_WIDTH = 16;
const INTEGER_WIDTH = 6;
/** A blank and a carriage return. */
const LINE_END = 2;
const FIELD = /[+-]?[\d.]+(?:[EeDd][+-]?\d+)?/g;

/** `text` holds numbers only; all lines are printed alike. */
export function isEvenlyPrinted(text: string): boolean {
  const gaps: number[] = [];
  const widths: number[] = [];
  let hasRest = false;
  for (const line of text.split('\n')) {
    let end = 0;
    for (const field of line.matchAll(FIELD)) {
      const gap = field.index - end;
      // Columns that touch are full: nothing is missing between them.
      if (gap === 0 && end > 0) return true;
      gaps.push(gap);
      widths.push(gap + field[0].length);
      end = field.index + field[0].length;
    }
    hasRest ||= line.length - end > LINE_END;
  }
  if (hasRest) return false;
  const [gap = 0] = gaps;
  const [width = 0] = widths;
  // A single one is to be compared with VASP's only.
  if (gaps.length === 1) return gap <= 1 || width <= (text.includes('.') ? REAL_WIDTH : INTEGER_WIDTH);
  return widths.every((other) => other === width) || evenGaps(gaps);
}

/** The first one may stand at the very beginning. */
function evenGaps([first = 0, second = 0, ...others]: readonly number[]): boolean {
  return (first === second || first === 0) && others.every((other) => other === second);
}
