/** Reads the eigenvalues that were put off: the element alone, into the bands of its step. */
import type { BandBlocks } from './band-blocks.ts';
import type { ElementHandler } from './events.ts';

export function bandsHandler(bands: BandBlocks): ElementHandler {
  const path: string[] = [];
  bands.readEigenvalues();
  return {
    open: (element) => {
      const content = bands.open(element, path);
      if (content === 'children') path.push(element.name);
      return content;
    },
    text: (element, text, place) => bands.text(element, text, place, path),
    rows: (element, rows, place) => bands.rows(element, rows, place, path),
    close: () => {
      path.pop();
    },
    postponed: () => undefined,
    leaveOutScfSteps: undefined,
  };
}
