/**
 * How many real maxima a path has. A ripple of a few meV between images is noise of the forces, not an intermediate, so
 * a maximum counts only when it stands out by its prominence (SCIENCE §3.8).
 */
import { type PiecewiseCubic, turningPoints } from './path-interpolation/index.ts';

/** Below this a maximum does not stand out from the error of converged images. */
const LEAST_PROMINENCE_EV = 0.005;

/** Maxima between the endpoints whose prominence exceeds 5 meV. */
export function prominentMaximaCount(curve: PiecewiseCubic): number {
  const energies = curve.energiesEv;
  const inner = turningPoints(curve);
  // Between neighbours of this list the curve is monotone, so its lowest points are members of the list.
  const profile = [energies[0] ?? 0, ...inner.map((point) => point.energyEv), energies.at(-1) ?? 0];
  const peaks = inner.flatMap((point, index) => (point.kind === 'maximum' ? [index + 1] : []));
  return peaks.filter((peak) => prominenceEv(profile, peak) > LEAST_PROMINENCE_EV).length;
}

/**
 * E_peak − max(lowest energy towards the next higher point on the left, the same on the right), eV. Of two equally high
 * peaks the left one counts as the higher, so that a shallow dip between them does not make two.
 */
function prominenceEv(profile: readonly number[], peak: number): number {
  const height = profile[peak] ?? 0;
  const left = lowestUntil(profile.slice(0, peak).reverse(), (energyEv) => energyEv >= height);
  const right = lowestUntil(profile.slice(peak + 1), (energyEv) => energyEv > height);
  return height - Math.max(left, right);
}

function lowestUntil(energiesEv: readonly number[], isHigher: (energyEv: number) => boolean): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (const energyEv of energiesEv) {
    if (isHigher(energyEv)) break;
    lowest = Math.min(lowest, energyEv);
  }
  return lowest;
}
