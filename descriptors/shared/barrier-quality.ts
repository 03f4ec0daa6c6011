/**
 * What weakens a barrier that could be read: how it was read, the shape of the curve, the choice of energy (SCIENCE
 * §3.4–3.8).
 *
 * The mistake avoided here: a saddle that the images only bracket, or an intermediate on the way, behind a bare number.
 */
import { type Issue, issue } from '../../model/issues.ts';
import type { PathImage } from '../../model/path.ts';
import { imageName, imagesBetween } from './band-quality.ts';
import { type BarrierReading, type ImageEnergies, imageEnergies } from './barrier-reading.ts';
import { extrema, type InterpolatedPath, type PiecewiseCubic } from './path-interpolation/index.ts';
import { prominentMaximaCount } from './peak-prominence.ts';

/** Both kinds of energy, and both of two equivalent endpoints, must agree to this (§3.5, §3.8). */
const AGREEMENT_EV = 0.005;
/** The hermite maximum may exceed the highest image by this much, or by this share of the images' barrier (§3.7). */
const RESOLVED = { ev: 0.05, fraction: 0.2 };
/** Noise of a relaxed energy: an image next to a relaxed endpoint can lie below it by as much. */
const BELOW_ENDPOINT_EV = 0.001;

export interface EnergyChecks {
  readonly energyKind: 'sigma0' | 'free';
  /** Energies of the images of the other kind. */
  readonly otherKindEnergiesEv?: readonly number[] | undefined;
  readonly equivalentEndpoints?: boolean | undefined;
}

/** Where forces or a climbing image are missing. */
export function readingIssues(images: readonly PathImage[], path: InterpolatedPath, reading: BarrierReading): Issue[] {
  const climbs = imagesBetween(images).some((image) => image.climbing);
  const assumed = path.assumedEnds.flatMap((position) => images[position] ?? []);
  return [
    ...(climbs ? [] : [issue('W_NO_CLIMBING', {})]),
    ...assumed.map((image) => issue('W_ENDPOINT_FORCE_ASSUMED', { image: imageName(image) })),
    ...(reading.method === 'max-image' ? [issue('W_SADDLE_BRACKETED', {})] : []),
  ];
}

/** What the curve shows besides its highest point. */
export function shapeIssues(
  images: readonly PathImage[],
  path: InterpolatedPath,
  reading: BarrierReading,
  discrete: ImageEnergies,
): Issue[] {
  const curve = shapeCurve(path);
  const count = curve === undefined ? 0 : prominentMaximaCount(curve);
  return [
    ...(reading.saddle === undefined ? [issue('W_NO_BARRIER', {})] : []),
    ...poorlyResolved(path, discrete),
    ...(count > 1 ? [issue('W_MULTIPLE_MAXIMA', { count })] : []),
    ...belowEndpointIssues(images),
  ];
}

/** Without forces pchip has the turning points of the images themselves: it adds none. */
export function shapeCurve({ curves }: InterpolatedPath): PiecewiseCubic | undefined {
  return curves.hermite ?? curves.pchip;
}

/** Whether the barrier hangs on the kind of energy, and whether equal endpoints have equal energies. */
export function energyIssues(checks: EnergyChecks, discrete: ImageEnergies): Issue[] {
  const reactionEv = discrete.reactionEnergyEv;
  const asymmetric = checks.equivalentEndpoints === true && Math.abs(reactionEv) > AGREEMENT_EV;
  return [...(asymmetric ? [issue('W_ASYMMETRIC', { reactionEv })] : []), ...energyKindIssues(checks, discrete)];
}

function poorlyResolved(path: InterpolatedPath, discrete: ImageEnergies): Issue[] {
  const maxima = path.curves.hermite === undefined ? [] : extrema(path.curves.hermite).maxima;
  const interpolatedEv = Math.max(...maxima.map((maximum) => maximum.energyEv));
  const imageEv = discrete.forwardBarrierEv;
  const excessEv = interpolatedEv - imageEv;
  if (!(excessEv > RESOLVED.ev || excessEv > RESOLVED.fraction * imageEv)) return [];
  return [issue('W_POORLY_RESOLVED', { interpolatedEv, imageEv })];
}

function belowEndpointIssues(images: readonly PathImage[]): Issue[] {
  const lowestEndEv = Math.min(images[0]?.energyEv ?? 0, images.at(-1)?.energyEv ?? 0);
  return imagesBetween(images)
    .filter((image) => image.energyEv < lowestEndEv - BELOW_ENDPOINT_EV)
    .map((image) => issue('W_INTERMEDIATE_BELOW_ENDPOINT', { image: imageName(image) }));
}

/** Compares the barriers between images, forward and backward, of both kinds of energy. */
function energyKindIssues(checks: EnergyChecks, discrete: ImageEnergies): Issue[] {
  if (checks.otherKindEnergiesEv === undefined) return [];
  const other = imageEnergies(checks.otherKindEnergiesEv);
  for (const barrier of ['forwardBarrierEv', 'reverseBarrierEv'] as const) {
    if (Math.abs(discrete[barrier] - other[barrier]) <= AGREEMENT_EV) continue;
    const [sigma0Ev, freeEv] =
      checks.energyKind === 'sigma0' ? [discrete[barrier], other[barrier]] : [other[barrier], discrete[barrier]];
    return [issue('W_ENERGY_KIND_SENSITIVE', { sigma0Ev, freeEv })];
  }
  return [];
}
