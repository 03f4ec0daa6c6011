/**
 * What weakens or forbids a barrier: the images, their spacing and their forces (SCIENCE §3.1, §3.2, §3.5, §3.8).
 *
 * The mistake avoided here: a number without its caveats. A band of copies, a plain elastic band or an unrelaxed image
 * forbids the barrier; the rest lowers its quality and is told.
 */
import { type Issue, issue } from '../../model/issues.ts';
import type { PathImage } from '../../model/path.ts';
import { SHORTEST_SEGMENT_ANGSTROM } from './path-interpolation/index.ts';

const FEWEST_IMAGES = 3;
const LARGEST_SEGMENT_RATIO = 3;
/** Share of ‖R_N − R_0‖ by which an image may be further from the final state than the one before. */
const ORDER_TOLERANCE_FRACTION = 0.1;
/** NEB force beyond which an image says nothing about the path, eV/Å. */
const UNUSABLE_RESIDUAL_EV_PER_ANGSTROM = 0.2;

export interface ResidualLimits {
  readonly residualLimitEvPerAngstrom: number;
  readonly climbingLimitEvPerAngstrom: number;
}

/** `01`, as the image folders are named. */
export function imageName(image: PathImage): string {
  return String(image.index).padStart(2, '0');
}

export function imagesBetween(images: readonly PathImage[]): readonly PathImage[] {
  return images.slice(1, -1);
}

/** Number of images, coinciding or disordered images, uneven spacing. */
export function spacingIssues(images: readonly PathImage[]): Issue[] {
  const between = imagesBetween(images).length;
  const few = between < FEWEST_IMAGES ? [issue('W_FEW_IMAGES', { images: between })] : [];
  const segments = images.slice(1).map((image, position) => segmentBetween(images[position] ?? image, image));
  const faults = segments.flatMap(segmentIssues);
  if (faults.length > 0) return [...faults, ...few];
  const lengths = segments.map((segment) => segment.distanceAngstrom);
  const ratio = Math.max(...lengths) / Math.min(...lengths);
  return ratio > LARGEST_SEGMENT_RATIO ? [...few, issue('W_UNEVEN_IMAGES', { ratio })] : few;
}

interface Segment {
  /** Names of the images at its ends. */
  readonly images: string;
  readonly distanceAngstrom: number;
}

function segmentBetween(before: PathImage, after: PathImage): Segment {
  return {
    images: `${imageName(before)} and ${imageName(after)}`,
    distanceAngstrom: after.distanceAngstrom - before.distanceAngstrom,
  };
}

function segmentIssues(segment: Segment): Issue[] {
  if (segment.distanceAngstrom < 0) return [issue('E_PATH_DISTANCE', { images: segment.images })];
  return segment.distanceAngstrom < SHORTEST_SEGMENT_ANGSTROM ? [issue('E_DUPLICATE_IMAGES', { ...segment })] : [];
}

/** Images further from the final state than the one before them. `endDistancesAngstrom` is ‖R_N − R_i‖ per image. */
export function orderIssues(images: readonly PathImage[], endDistancesAngstrom: readonly number[]): Issue[] {
  const whole = endDistancesAngstrom[0] ?? 0;
  // A path that ends where it starts (one lattice vector on) has no distance to its end to compare with.
  if (whole < SHORTEST_SEGMENT_ANGSTROM) return [];
  return images.flatMap((image, position) => {
    const before = endDistancesAngstrom[position - 1];
    const here = endDistancesAngstrom[position];
    if (before === undefined || here === undefined) return [];
    return here - before > ORDER_TOLERANCE_FRACTION * whole
      ? [issue('W_IMAGE_ORDER', { image: imageName(image) })]
      : [];
  });
}

/** NEB forces against their limits, for the images between the endpoints. */
export function residualIssues(images: readonly PathImage[], limits: ResidualLimits): Issue[] {
  const between = imagesBetween(images);
  const unknown = between.filter((image) => image.residualForceEvPerAngstrom === undefined);
  const found = between.flatMap((image): Issue[] => {
    const forceEvPerAngstrom = image.residualForceEvPerAngstrom;
    if (forceEvPerAngstrom === undefined) return [];
    if (forceEvPerAngstrom > UNUSABLE_RESIDUAL_EV_PER_ANGSTROM) {
      return [issue('E_NEB_UNCONVERGED', { image: imageName(image), forceEvPerAngstrom })];
    }
    const limitEvPerAngstrom = limitOf(image, limits);
    if (forceEvPerAngstrom <= limitEvPerAngstrom) return [];
    return [issue('W_NEB_UNCONVERGED', { image: imageName(image), forceEvPerAngstrom, limitEvPerAngstrom })];
  });
  if (unknown.length === 0) return found;
  return [...found, issue('W_NEB_RESIDUAL_UNKNOWN', { images: unknown.map(imageName).join(', ') })];
}

/**
 * Whether the climbing image is known to have reached its limit. Without its NEB force it is not: the barrier then comes
 * from the interpolation, which a converged climbing image would only confirm.
 */
export function climbingConverged(images: readonly PathImage[], limits: ResidualLimits): boolean {
  const climbing = imagesBetween(images).filter((image) => image.climbing);
  return (
    climbing.length > 0 &&
    climbing.every((image) => {
      const force = image.residualForceEvPerAngstrom;
      return force !== undefined && force <= limits.climbingLimitEvPerAngstrom;
    })
  );
}

function limitOf(image: PathImage, limits: ResidualLimits): number {
  return image.climbing ? limits.climbingLimitEvPerAngstrom : limits.residualLimitEvPerAngstrom;
}
