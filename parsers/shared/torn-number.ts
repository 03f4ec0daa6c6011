/**
 * Tells a number that lost its last digits with the end of the file from one that is merely short.
 *
 * `0.50` is a whole number when a hand wrote the file, and the rest of `0.5000000000` when a program did. A program
 * writes every number of a table alike, so a last number that is shorter than all others, which are alike, is torn.
 */

/** How the numbers of a table are written, collected one by one. */
export interface DecimalPattern {
  readonly add: (text: string) => void;
  /** Whether all numbers so far are written alike and `text` is not, having lost digits at its end. */
  readonly isCutShort: (text: string) => boolean;
}

export function decimalPattern(): DecimalPattern {
  let common: string | undefined;
  let uniform = true;
  return {
    add: (text) => {
      if (!uniform) return;
      const pattern = patternOf(text);
      common ??= pattern;
      uniform = pattern === common;
    },
    isCutShort: (text) => {
      if (!uniform || common === undefined) return false;
      const pattern = patternOf(text);
      return pattern !== common && common.startsWith(pattern);
    },
  };
}

/** `-12.50` → `.00`, `0.25E-03` → `.00E00`, `7` → ``. */
function patternOf(text: string): string {
  return text
    .replace(/^[-+]?\d*/, '')
    .replace(/[DdEe][-+]?/, 'E')
    .replace(/\d/g, '0');
}
