/**
 * Names beside the marks of a drawing: each where there is room, the first ones first, none over another.
 *
 * A name without room is left out, not moved far from its mark: the mark says it when it is pointed at.
 */
import type { Box, PlacedLabel } from './scatter-frame.ts';

interface Marked {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** Of the font of labels. */
const CHARACTER_WIDTH = 6.2;
const HEIGHT = 12;
const LONGEST = 24;
const MARK_RADIUS = 6;

export function placedLabels(marks: readonly Marked[], plot: Box, most: number): PlacedLabel[] {
  const taken: Box[] = marks.map(({ x, y }) => ({
    left: x - MARK_RADIUS,
    right: x + MARK_RADIUS,
    top: y - MARK_RADIUS,
    bottom: y + MARK_RADIUS,
  }));
  const placed: PlacedLabel[] = [];
  for (const mark of marks) {
    if (placed.length === most) break;
    const found = placesOf(mark).find(({ box }) => isWithin(box, plot) && !taken.some((other) => overlaps(box, other)));
    if (found === undefined) continue;
    taken.push(found.box);
    placed.push(found.label);
  }
  return placed;
}

function placesOf({ label, x, y }: Marked): { readonly label: PlacedLabel; readonly box: Box }[] {
  const text = shortLabel(label);
  const width = CHARACTER_WIDTH * [...text].length;
  return ([-8, 17] as const).flatMap((down) =>
    (['start', 'end'] as const).map((anchor) => {
      const start = anchor === 'start' ? x + 7 : x - 7;
      const left = anchor === 'start' ? start : start - width;
      const baseline = y + down;
      const box = { left, right: left + width, top: baseline - HEIGHT + 3, bottom: baseline + 3 };
      return { label: { text, x: rounded(start), y: rounded(baseline), anchor }, box };
    }),
  );
}

/** Material and facet are at its ends. */
function shortLabel(label: string): string {
  const characters = [...label];
  if (characters.length <= LONGEST) return label;
  return `${characters.slice(0, LONGEST / 2 - 1).join('')}…${characters.slice(-LONGEST / 2).join('')}`;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isWithin(box: Box, plot: Box): boolean {
  return box.left >= plot.left && box.right <= plot.right && box.top >= plot.top && box.bottom <= plot.bottom;
}

function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}
