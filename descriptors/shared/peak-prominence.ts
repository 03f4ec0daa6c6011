/**
 * Which maxima and minima of a path are real. A ripple of a few meV between images is noise of the forces, not an
 * intermediate, so a turning point counts only when it stands out by its prominence (SCIENCE §3.8).
 */
import type { Extremum } from '../../model/path.ts';
import { type PiecewiseCubic, turningPoints } from './path-interpolation/index.ts';

/** Below this a turning point does not stand out from the error of converged images. */
const LEAST_PROMINENCE_EV = 0.005;

/** Maxima between the endpoints whose prominence exceeds 5 meV. */
export function prominentMaximaCount(curve: PiecewiseCubic): number {
  return prominentPoints(curve, 'maximum').length;
}

/**
 * Intermediate states: minima between the endpoints from which either way leads up by more than 5 meV. The prominence of
 * a minimum is that of the peak it makes when the curve is turned upside down.
 */
export function intermediateMinima(curve: PiecewiseCubic): Extremum[] {
  return prominentPoints(curve, 'minimum');
}

function prominentPoints(curve: PiecewiseCubic, wanted: 'maximum' | 'minimum'): Extremum[] {
  const energies = curve.energiesEv;
  const inner = turningPoints(curve);
  const up = wanted === 'maximum' ? 1 : -1;
  // Between neighbours of this list the curve is monotone, so its lowest points are members of the list.
  const profile = [energies[0] ?? 0, ...inner.map((point) => point.energyEv), energies.at(-1) ?? 0];
  const upward = profile.map((energyEv) => up * energyEv);
  return inner.flatMap(({ kind, ...point }, index) =>
    kind === wanted && prominenceEv(upward, index + 1) > LEAST_PROMINENCE_EV ? [point] : [],
  );
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
