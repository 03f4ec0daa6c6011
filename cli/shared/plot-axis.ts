/**
 * A linear axis of a drawing: from the values it must hold to pixels.
 *
 * The mistake avoided here: an axis over values that are all alike, whose noise would fill the whole height.
 */

export interface Axis {
  readonly minimum: number;
  readonly maximum: number;
  /** Pixel of a value, to a hundredth. */
  readonly at: (value: number) => number;
}

interface AxisShape {
  readonly pixels: readonly [number, number];
  /** Share of the range left free below and above. */
  readonly rooms: readonly [number, number];
  readonly leastRange: number;
}

/** Over all finite values, with room at both ends. */
export function plotAxis(values: readonly number[], { pixels, rooms, leastRange }: AxisShape): Axis {
  const finite = values.filter((value) => Number.isFinite(value));
  const lowest = finite.length === 0 ? 0 : Math.min(...finite);
  const highest = finite.length === 0 ? 1 : Math.max(...finite);
  const range = Math.max(highest - lowest, leastRange);
  const middle = (lowest + highest) / 2;
  const minimum = Math.min(lowest, middle - range / 2) - rooms[0] * range;
  const maximum = Math.max(highest, middle + range / 2) + rooms[1] * range;
  const [start, end] = pixels;
  return {
    minimum,
    maximum,
    at: (value) => Number((start + ((value - minimum) / (maximum - minimum)) * (end - start)).toFixed(2)),
  };
}
