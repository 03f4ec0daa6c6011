/**
 * Where candidates stand in the plane of two objectives: both axes, the stairs of the first front, what constraints refuse.
 *
 * The mistakes avoided here: stairs through a target, where the better side is not left or right but nearer (they stand on
 * both sides of it), and names printed over each other. Stairs are those of fronts in two objectives: with more of them a
 * front has no edge in a plane.
 */
import type { Objective } from '../../model/profile.ts';
import { type Axis, plotAxis } from './plot-axis.ts';

export interface ScatterAxis {
  readonly symbol: string;
  readonly unit: string;
  readonly desirability: Objective['desirability'];
  /** Values that a constraint refuses, in the unit of the axis: below the first, above the second. */
  readonly refused: { readonly below?: number; readonly above?: number };
}

export interface ScatterPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** 1σ. */
  readonly sigmas: readonly [x: number, y: number];
  /** Absent for a candidate that is not ranked. */
  readonly rank?: number;
  readonly front?: number;
}

export interface Scatter {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  /** As many as are drawn, the most telling first. */
  readonly points: readonly ScatterPoint[];
  /** Whether the fronts are those of these two objectives alone. */
  readonly hasStairs: boolean;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Line = readonly [x1: number, y1: number, x2: number, y2: number];

export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

export interface ScatterFrame {
  readonly width: number;
  readonly height: number;
  readonly plot: Box;
  readonly x: Axis;
  readonly y: Axis;
  readonly stairs: readonly Line[];
  readonly refused: readonly Box[];
}

const WIDTH = 480;
const HEIGHT = 372;
const PLOT: Box = { left: 78, right: WIDTH - 18, top: 40, bottom: HEIGHT - 52 };
const ROOM = 0.08;
/** Of a range in which all values are alike, relative to them. */
const LEAST_RANGE = 0.02;

export function scatterFrame(scatter: Scatter): ScatterFrame {
  const axis = (at: 0 | 1, { desirability }: ScatterAxis, pixels: readonly [number, number]): Axis => {
    const values = scatter.points.flatMap((point) => {
      const [value, sigma] = [at === 0 ? point.x : point.y, point.sigmas[at]];
      return point.front === undefined ? [value] : [value - sigma, value + sigma];
    });
    const target = desirability.kind === 'target' ? [desirability.target] : [];
    const largest = Math.max(...[...values, ...target].map(Math.abs));
    return plotAxis([...values, ...target], {
      pixels,
      rooms: [ROOM, ROOM],
      leastRange: largest > 0 ? LEAST_RANGE * largest : 1,
    });
  };
  const x = axis(0, scatter.x, [PLOT.left, PLOT.right]);
  const y = axis(1, scatter.y, [PLOT.bottom, PLOT.top]);
  return {
    width: WIDTH,
    height: HEIGHT,
    plot: PLOT,
    x,
    y,
    stairs: scatter.hasStairs ? stairsOf(scatter, x, y) : [],
    refused: [...refusedAlong(scatter.x, x, 'x'), ...refusedAlong(scatter.y, y, 'y')],
  };
}

/** The part of an axis beyond a limit, over the whole plot; none where the limit lies outside. */
function refusedAlong({ refused }: ScatterAxis, axis: Axis, direction: 'x' | 'y'): Box[] {
  const ends: readonly (readonly [from: number, to: number])[] = [
    ...(refused.below === undefined ? [] : [[axis.minimum, refused.below] as const]),
    ...(refused.above === undefined ? [] : [[refused.above, axis.maximum] as const]),
  ];
  return ends.flatMap(([from, to]) => {
    const [start, end] = [Math.max(from, axis.minimum), Math.min(to, axis.maximum)];
    if (start >= end) return [];
    const [first, second] = [axis.at(start), axis.at(end)];
    return direction === 'x' ? [{ ...PLOT, left: first, right: second }] : [{ ...PLOT, top: second, bottom: first }];
  });
}

/** The edge of what the first front beats, in costs that are minimised, on each side of a target. */
function stairsOf({ x, y, points }: Scatter, xAxis: Axis, yAxis: Axis): Line[] {
  const corners = points
    .filter(({ front }) => front === 1)
    .map((point) => [costOf(point.x, x), costOf(point.y, y)] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .filter(([cost], at, all) => all[at - 1]?.[0] !== cost);
  const lines = corners.flatMap(([cost, other], at): Line[] => {
    const above = corners[at - 1]?.[1] ?? Number.POSITIVE_INFINITY;
    const until = corners[at + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    return [
      [cost, above, cost, other],
      [cost, other, until, other],
    ];
  });
  return sidesOf(x).flatMap((xSide) =>
    sidesOf(y).flatMap((ySide) =>
      lines.flatMap(([x1, y1, x2, y2]) => clipped([xSide(x1), ySide(y1), xSide(x2), ySide(y2)], xAxis, yAxis)),
    ),
  );
}

function costOf(value: number, { desirability }: ScatterAxis): number {
  if (desirability.kind === 'target') return Math.abs(value - desirability.target);
  return desirability.kind === 'min' ? value : -value;
}

/** From a cost back to values: two of a target. */
function sidesOf({ desirability }: ScatterAxis): readonly ((cost: number) => number)[] {
  if (desirability.kind === 'target') {
    const { target } = desirability;
    return [(cost) => target - cost, (cost) => target + cost];
  }
  return [desirability.kind === 'min' ? (cost) => cost : (cost) => -cost];
}

/** A line along an axis, cut at the plot; in pixels. */
function clipped([x1, y1, x2, y2]: Line, x: Axis, y: Axis): Line[] {
  const isOutside = (a: number, b: number, { minimum, maximum }: Axis): boolean =>
    Math.max(a, b) < minimum || Math.min(a, b) > maximum;
  if (isOutside(x1, x2, x) || isOutside(y1, y2, y)) return [];
  const within = (value: number, { minimum, maximum }: Axis): number => Math.min(maximum, Math.max(minimum, value));
  return [[x.at(within(x1, x)), y.at(within(y1, y)), x.at(within(x2, x)), y.at(within(y2, y))]];
}
