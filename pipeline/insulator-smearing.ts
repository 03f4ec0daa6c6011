/**
 * Methfessel–Paxton smearing on a system with a gap (SCIENCE §1.4): its occupations go below 0 and above 1 there, and
 * energy and forces with them; ISMEAR = 0 or −5 is meant for insulators.
 *
 * The mistake avoided here: taking the gap between the few levels of a coarsely sampled metal for that of an insulator.
 */
import type { Settings } from '../model/calculation.ts';
import type { BandGap } from '../model/electronic.ts';
import { isMetal } from '../model/elements.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';

const LARGEST_GAP_OF_A_METAL_EV = 0.1;

export interface SmearedBands {
  readonly settings: Settings;
  readonly bandGap: BandGap | undefined;
  readonly structure: Structure | undefined;
}

export function insulatorSmearing({ settings, bandGap, structure }: SmearedBands): Issue[] {
  const { ISMEAR } = settings;
  if (typeof ISMEAR !== 'number' || ISMEAR <= 0) return [];
  if (bandGap === undefined || bandGap.gapEv <= LARGEST_GAP_OF_A_METAL_EV) return [];
  const isMetallic = structure?.species.every(isMetal) === true;
  return isMetallic ? [] : [issue('W_MP_ON_INSULATOR', { ismear: ISMEAR, gapEv: bandGap.gapEv })];
}
