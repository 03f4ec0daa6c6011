/**
 * The curve a barrier is read from, as points for a plot.
 */
import { interpolatePath, sampleCurve } from '../descriptors/shared/path-interpolation/index.ts';
import type { PathImage } from '../model/path.ts';

/** Distance Å and energy eV relative to the first image; with forces the Hermite curve, else the monotone one. */
export function sampledCurve(images: readonly PathImage[]): readonly (readonly [number, number])[] | undefined {
  const { hermite, pchip } = interpolatePath(images).curves;
  const curve = hermite ?? pchip;
  return curve === undefined ? undefined : sampleCurve(curve);
}
