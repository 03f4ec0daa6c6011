/**
 * What a reader passed over in an ionic step and comes back for, when the step turns out to be the last one.
 */
import type { Place } from '../../../model/calculation.ts';
import type { ElementHandler } from './events.ts';
import type { IonicStepBlock } from './ionic-step-block.ts';

export interface Postponed {
  readonly place: Place;
  /** Names of the elements of the step that it stands in. */
  readonly path: readonly string[];
}

/** Reads one postponed element into its step. */
export function postponedHandler(block: IonicStepBlock, postponed: Postponed): ElementHandler {
  const path = [...postponed.path];
  block.bands.readEigenvalues();
  return {
    open: (element) => {
      const content = block.open(element, path);
      if (content === 'children') path.push(element.name);
      return typeof content === 'object' ? { ...content, later: false } : content;
    },
    text: (element, text, place) => block.text(element, text, place, path),
    rows: (element, rows, place) => block.rows(element, rows, place, path),
    close: (element, end) => {
      path.pop();
      block.close(element, end, path);
    },
    postponed: () => undefined,
    leaveOutScfSteps: undefined,
    wholeSteps: undefined,
  };
}
