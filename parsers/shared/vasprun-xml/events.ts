/**
 * What a reader of vasprun.xml tells about the file, element by element, and what it is asked to hand over of each.
 *
 * Two readers exist, a fast one for the shape that VASP writes and a general one for any XML; because both speak to the
 * same handler in these words, both give the same record.
 */
import type { IonicStep, Place } from '../../../model/calculation.ts';
import type { NumberRows } from './number-rows.ts';

export type Attributes = Readonly<Record<string, string>>;

/**
 * `children`: its elements; `text`: its text; `leaf`: nothing, there is only text in it; `skip`: nothing; `later`: nothing yet, the reader comes
 * back for it (the general reader cannot and is never asked to); rows: the numbers of its `<v>` or `<r>`.
 */
export type Content = 'children' | 'text' | 'leaf' | 'skip' | 'later' | RowsWanted;

export interface RowsWanted {
  /** Numbers in a row; 0 = as many as the first row has. */
  readonly width: number;
  /** They are copied before the handler returns, so that the next table can be read into the same memory. */
  readonly borrowed?: boolean;
  /** They may be told by `postponed` instead, when nothing in them looks like a fault. */
  readonly later?: boolean;
}

export interface Element {
  readonly name: string;
  readonly attributes: Attributes;
  /** Offset of its `<`. */
  readonly start: number;
}

export interface ElementHandler {
  readonly open: (element: Element) => Content;
  /** Content of an element wanted as text. Latin-1. */
  readonly text: (element: Element, text: string, place: Place) => void;
  readonly rows: (element: Element, rows: NumberRows, place: Place) => void;
  /** End of an element whose children were wanted. `end` is behind its `>`. */
  readonly close: (element: Element, end: number) => void;
  /** The element wanted later stands here. */
  readonly postponed: (element: Element, place: Place) => void;
  /**
   * Told how many `<scstep>` stand here in a row, says how many of the first ones need not be read; undefined when each
   * must be.
   */
  readonly leaveOutScfSteps: ((found: number) => number) | undefined;
  /** Takes ionic steps as a whole; undefined when each must be read element by element. */
  readonly wholeSteps: WholeSteps | undefined;
}

/** A step that was read element by element without any fault, after which others may follow that are printed like it. */
export interface StepPattern {
  readonly place: Place;
  readonly atoms: number;
  /** Largest count of electronic steps; a loop that has as many may have missed its goal. */
  readonly nelm: number;
  /** Positions and forces of earlier steps are wanted. */
  readonly keepsTables: boolean;
}

export interface WholeSteps {
  readonly pattern: StepPattern;
  /** Steps so far. */
  readonly count: () => number;
  readonly take: (step: IonicStep, start: number) => void;
}

/** How the reading of one document ended. */
export interface DocumentEnd {
  /** `closed`: the root element ends; `cut`: the bytes end first; `malformed`: no XML from `at` on. */
  readonly kind: 'closed' | 'cut' | 'malformed';
  readonly at: number;
  /** What is wrong there, when it is malformed. */
  readonly fault?: string;
}
