/**
 * The curve a barrier is read from, as points for a plot.
 */
import { drawnCurve, sampleCurve } from '../descriptors/shared/path-interpolation/index.ts';
import type { PathImage } from '../model/path.ts';

/** Distance Å and energy eV relative to the first image; with forces the Hermite curve, else the monotone one. */
export function sampledCurve(images: readonly PathImage[]): readonly (readonly [number, number])[] | undefined {
  const curve = drawnCurve(images);
  return curve === undefined ? undefined : sampleCurve(curve);
}
