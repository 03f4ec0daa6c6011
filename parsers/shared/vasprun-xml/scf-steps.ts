/**
 * The electronic steps of an ionic step, passed over without being read: a run prints some million of them in a few
 * layouts, and only the last one or two of an ionic step count.
 *
 * One of a layout that was seen before is known by its markup, every byte of which must stand in its place; any other one
 * is looked at as a whole. The mistake avoided here: a search for the next end tag finds that of another step when its own is
 * damaged.
 */
import { stands } from './known-tags.ts';
import { areAlikeNumbers, layoutOf, type NumberLayout, numberAt } from './number-layout.ts';
import { ENERGY_NAMES } from './scf-loop.ts';
import { isBlank, type XmlView } from './xml-view.ts';

const START = Buffer.from('<scstep>');
const END = Buffer.from('</scstep>');
const MAXIMUM_LENGTH = 16 * 1024;
const MAXIMUM_LAYOUTS = 32;
const WORD = 4;
const PLAIN =
  /^<scstep>\s*(?:<time name="[^"<]*">[^<]*<\/time>\s*|<(energy|dipole)>\s*(?:<([iv]) name="[^"<]*">[^<]*<\/\2>\s*)*<\/\1>\s*)*<\/scstep>$/;

export interface ScfStepLayout extends NumberLayout {
  /** Its markup in pieces of four bytes, the last of them overlapping, and where each stands. */
  readonly markup: Int32Array;
  readonly at: Int32Array;
  /** Which of its numbers are e_fr_energy, e_wo_entrp and e_0_energy; −1 where one is none or stands there twice. */
  readonly energies: readonly number[];
}

export class ScfSteps {
  /** Electronic steps in the row that was walked over. */
  count = 0;
  /** Where the last one starts, where the one before it, and where the last one ends. */
  last = 0;
  beforeLast = 0;
  end = 0;
  /** Of the last one. */
  layout: ScfStepLayout | undefined;
  readonly #view: XmlView;
  readonly #layouts: ScfStepLayout[] = [];

  constructor(view: XmlView) {
    this.#view = view;
  }

  /** Walks over the row that begins at `start`; false when one of them must be read element by element. */
  walk(start: number): boolean {
    const view = this.#view;
    let at = start;
    this.count = 0;
    for (;;) {
      let index = view.show(at, MAXIMUM_LENGTH);
      const { bytes } = view;
      const layout = this.#known(index) ?? this.#looked(bytes, index);
      if (layout === undefined) return false;
      this.count += 1;
      this.beforeLast = this.last;
      this.last = at;
      this.layout = layout;
      this.end = at + layout.length;
      index += layout.length;
      while (index < bytes.length && isBlank(bytes[index])) index += 1;
      if (bytes.length - index < START.length && view.base + bytes.length < view.sizeBytes) return false;
      if (!stands(bytes, index, Math.min(index + START.length, bytes.length), START)) return true;
      at = view.base + index;
    }
  }

  /** The layout of the electronic step that stands at `index`, if it was seen before. */
  #known(index: number): ScfStepLayout | undefined {
    const seen = this.#view.words;
    for (const layout of this.#layouts) {
      const { at, markup } = layout;
      if (index + layout.length > seen.byteLength) continue;
      let same = 0;
      while (same < at.length && seen.getInt32(index + (at[same] as number)) === markup[same]) same += 1; // in range
      if (same === at.length) return layout;
    }
    return undefined;
  }

  #looked(bytes: Buffer, index: number): ScfStepLayout | undefined {
    const end = bytes.indexOf(END, index) + END.length;
    if (end < index + END.length || end - index > MAXIMUM_LENGTH) return undefined;
    const text = bytes.toString('latin1', index, end);
    if (!PLAIN.test(text)) return undefined;
    const numbers = layoutOf(bytes.subarray(index, end));
    const at = Int32Array.from(markupWords(text));
    const markup = at.map((word) => numbers.template.readInt32BE(word));
    const layout: ScfStepLayout = { ...numbers, at, markup, energies: energyNumbers(text, numbers) };
    // The layouts of a run are few; in a file that has more of them, one that is seldom seen makes room.
    if (this.#layouts.length < MAXIMUM_LAYOUTS) this.#layouts.push(layout);
    else this.#layouts[MAXIMUM_LAYOUTS - 1] = layout;
    return layout;
  }
}

/** Starts of four bytes each that together are all of the tags and the blanks between them. */
function* markupWords(text: string): Iterable<number> {
  for (const { 0: markup, index } of text.matchAll(/<[^>]*>(?:\s*<[^>]*>)*/g)) {
    for (let at = 0; at + WORD < markup.length; at += WORD) yield index + at;
    // Between two texts stand at least `</i>`.
    yield index + markup.length - WORD;
  }
}

/** Which numbers of the layout the energies are. */
function energyNumbers(text: string, { places }: NumberLayout): readonly number[] {
  const from = text.indexOf('<energy>');
  const to = text.indexOf('</energy>');
  const isSingle = from >= 0 && text.indexOf('<energy>', from + 1) < 0;
  return Object.keys(ENERGY_NAMES).map((name) => {
    const tag = `<i name="${name}">`;
    const at = text.indexOf(tag, from);
    if (!isSingle || at < 0 || at > to || text.indexOf(tag, at + 1) >= 0) return -1;
    const isAlone = areAlikeNumbers(text.slice(at + tag.length, text.indexOf('<', at + 1)), 1);
    return isAlone ? numberAt(places, at + tag.length) : -1;
  });
}
