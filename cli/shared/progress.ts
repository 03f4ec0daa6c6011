/** A line on stderr that says how far the work is; only on a terminal, and never with `--quiet`. */

export interface Progress {
  readonly advance: () => void;
  /** Takes the line away. */
  readonly done: () => void;
}

const REDRAW_AFTER_MILLISECONDS = 100;
const ERASE_LINE = '\r\u001b[2K';

export function startProgress(label: string, total: number, quiet: boolean): Progress {
  const stream = process.stderr;
  if (quiet || stream.isTTY !== true || total < 2) return { advance: () => undefined, done: () => undefined };
  let count = 0;
  let drawnAt = performance.now();
  let isDrawn = false;
  return {
    advance: () => {
      count += 1;
      const now = performance.now();
      if (now - drawnAt < REDRAW_AFTER_MILLISECONDS) return;
      drawnAt = now;
      isDrawn = true;
      stream.write(`${ERASE_LINE}${label} ${count} of ${total}`);
    },
    done: () => {
      if (isDrawn) stream.write(ERASE_LINE);
    },
  };
}
