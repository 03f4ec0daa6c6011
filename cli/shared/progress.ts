/** A line on stderr that says how far the work is; only on a terminal, and never with `--quiet`. */

export interface Progress {
  /** By one, or by so many. */
  readonly advance: (steps?: number) => void;
  /** Takes the line away. */
  readonly done: () => void;
}

export interface StatusLine {
  readonly show: (text: string) => void;
  /** Takes the line away. */
  readonly done: () => void;
}

const REDRAW_AFTER_MILLISECONDS = 100;
const ERASE_LINE = '\r\u001b[2K';

export function startProgress(label: string, total: number, quiet: boolean): Progress {
  if (total < 2) return { advance: () => undefined, done: () => undefined };
  const line = startStatusLine(quiet);
  let count = 0;
  let drawnAt = performance.now();
  return {
    advance: (steps = 1) => {
      count += steps;
      const now = performance.now();
      if (now - drawnAt < REDRAW_AFTER_MILLISECONDS) return;
      drawnAt = now;
      line.show(`${label} ${count} of ${total}`);
    },
    done: line.done,
  };
}

export function startStatusLine(quiet: boolean): StatusLine {
  const stream = process.stderr;
  if (quiet || stream.isTTY !== true) return { show: () => undefined, done: () => undefined };
  let shown = '';
  return {
    show: (text) => {
      if (text === shown) return;
      shown = text;
      stream.write(ERASE_LINE + text);
    },
    done: () => {
      if (shown !== '') stream.write(ERASE_LINE);
      shown = '';
    },
  };
}
