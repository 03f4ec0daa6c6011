/**
 * The potential of an electron at rest above either face of a slab, from the planar average along its normal (SCIENCE §7).
 *
 * The mistakes avoided here: the maximum of the profile as vacuum level (with a dipole correction that is the side of the
 * larger work function, or the edge of the correction's step), and a mean over the whole vacuum, in which the two sides
 * and the step between them are mixed. Each half of the vacuum is searched for its flattest 2 Å.
 */
import { type Issue, issue } from '../../model/issues.ts';
import { flattestWindow, PLATEAU_SLOPE_EV_PER_ANGSTROM, type Plateau } from '../../model/planar-profile.ts';

export interface VacuumLevels {
  /** eV, absolute. */
  readonly upperEv?: number;
  readonly lowerEv?: number;
  /** Half of what the potential varies over the two windows, eV. */
  readonly spreadEv?: number;
  readonly issues: readonly Issue[];
}

export interface PotentialProfile {
  /** Planar averages, eV; value i at height i/n of the cell. */
  readonly potentialEv: readonly number[];
  /** Height of the cell along the normal. */
  readonly heightAngstrom: number;
  /** Lowest and highest atom as fractions of the height; a slab across the border of the cell has its lowest one above. */
  readonly slabFractions?: readonly [lowest: number, highest: number];
}

const WINDOW_ANGSTROM = 2;

export function vacuumLevels(profile: PotentialProfile): VacuumLevels {
  const { potentialEv, heightAngstrom } = profile;
  const vacuum = vacuumRange(profile);
  if (vacuum === undefined) return { issues: [noVacuum('no plane of the profile stands out as vacuum')] };
  const [from, to] = vacuum;
  const middle = (from + to) / 2;
  const values = Float64Array.from(potentialEv);
  const upper = flattestWindow(values, heightAngstrom, [from, middle]);
  const lower = flattestWindow(values, heightAngstrom, [middle, to]);
  if (upper === undefined || lower === undefined) {
    return { issues: [noVacuum(`${(to - from).toFixed(1)} Å of vacuum hold no window of 2 Å for each side`)] };
  }
  return {
    upperEv: upper.value,
    lowerEv: lower.value,
    spreadEv: (Math.max(upper.slopePerAngstrom, lower.slopePerAngstrom) * WINDOW_ANGSTROM) / 2,
    issues: [...steep('upper', upper), ...steep('lower', lower)],
  };
}

/** From the upper face upwards to the lower face of the next image, Å. */
function vacuumRange({ potentialEv, heightAngstrom, slabFractions }: PotentialProfile) {
  if (slabFractions === undefined) return longestHighStretch(potentialEv, heightAngstrom);
  const [lowest, highest] = slabFractions;
  const from = highest * heightAngstrom;
  const gap = (((lowest - highest) % 1) + 1) % 1;
  return [from, from + gap * heightAngstrom] as const;
}

/** Without atoms: the longest run of planes whose potential is above the middle between its extremes. */
function longestHighStretch(values: readonly number[], heightAngstrom: number) {
  const count = values.length;
  const limit = (Math.min(...values) + Math.max(...values)) / 2;
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < count; start += 1) {
    if (isHigh(start) && !isHigh(start - 1)) {
      let length = 1;
      while (isHigh(start + length)) length += 1;
      if (length > longest.length) longest = { start, length };
    }
  }
  const step = heightAngstrom / count;
  if (longest.length === 0) return undefined;
  return [longest.start * step, (longest.start + longest.length - 1) * step] as const;

  function isHigh(index: number): boolean {
    return (values[(index + count) % count] ?? limit) > limit;
  }
}

function noVacuum(reason: string): Issue {
  return issue('E_INPUT', { input: 'potentialEv', reason });
}

function steep(side: string, { slopePerAngstrom }: Plateau): Issue[] {
  if (slopePerAngstrom < PLATEAU_SLOPE_EV_PER_ANGSTROM) return [];
  return [issue('W_NO_PLATEAU', { side, slopeEvPerAngstrom: slopePerAngstrom })];
}
