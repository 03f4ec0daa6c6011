/**
 * How far a barrier hangs on the curve that is laid through its images: the numeric part of its uncertainty (SCIENCE §3.6).
 *
 * The mistake avoided here: charging a converged climbing image with it. That image sits on the saddle, and no curve enters
 * its height.
 */
import type { Interpolation, InterpolationName } from '../../model/path.ts';
import type { BarrierReading } from './barrier-reading.ts';

/** Root mean square distance of the saddles of all interpolations from the barrier, eV; undefined when none enters it. */
export function curveSpreadEv(
  curves: Readonly<Partial<Record<InterpolationName, Interpolation>>>,
  { method, forwardBarrierEv }: BarrierReading,
  reactionEnergyEv: number,
): number | undefined {
  const found = Object.values(curves);
  if (method === 'climbing' || found.length === 0) return undefined;
  const squares = found.map(({ maxima }) => {
    const heights = maxima.map(({ energyEv }) => energyEv);
    // A path without a saddle is as high as its higher end.
    return (Math.max(0, reactionEnergyEv, ...heights) - forwardBarrierEv) ** 2;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
